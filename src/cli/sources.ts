/**
 * Where GitHub or GitLab, whose job this is, shows the files of the commit that is linted, with a slash at the end; undefined elsewhere.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function sourcesOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  if (server && repository && commit) return web(`${server}/${repository}/blob/${commit}/`);
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: sha } = env;
  return project && sha ? web(`${project}/-/blob/${sha}/`) : undefined;
}

const web = (url: string): string | undefined => (/^https?:/.test(url) && URL.canParse(url) ? new URL(url).href : undefined);

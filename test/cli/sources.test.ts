import { expect, it } from 'vitest';
import { sourcesOf } from '../../src/cli/sources.ts';

const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: '1a2b' };

it.each([
  [{}, undefined],
  [github, 'https://github.com/o/r/blob/1a2b/'],
  [{ ...github, GITHUB_SHA: '' }, undefined],
  [{ ...github, GITHUB_SERVER_URL: 'javascript:alert(1)//' }, undefined],
  [{ ...github, GITHUB_REPOSITORY: 'o/r s) <b>' }, 'https://github.com/o/r%20s)%20%3Cb%3E/blob/1a2b/'],
  [{ CI_PROJECT_URL: 'https://gitlab.example/g/p', CI_COMMIT_SHA: '1a2b' }, 'https://gitlab.example/g/p/-/blob/1a2b/'],
  [{ CI_COMMIT_SHA: '1a2b' }, undefined],
])('%j → %s', (env, sources) => expect(sourcesOf(env)).toBe(sources));

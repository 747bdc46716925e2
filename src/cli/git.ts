import { execFileSync } from 'node:child_process';

/** What git wrote, or why it did not: the end of a sentence. */
export type GitAnswer = { readonly bytes: Uint8Array } | { readonly failure: string };

/** Runs git on the repository around a folder, and takes at most so many bytes of what it writes. */
export type Git = (folder: string, args: readonly string[], most: number) => GitAnswer;

/** No hook, no filter, no pager, no daemon, no network: git only looks up what it has. */
const SAFELY = ['--no-pager', '--no-replace-objects', '-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'];
const ENVIRONMENT = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };

/** The git of this machine. Nothing is a shell's to read, and no argument of a user's may begin with a dash. */
export const git: Git = (folder, args, most) => {
  try {
    const bytes = execFileSync('git', [...SAFELY, '-C', folder, ...args], {
      env: { ...process.env, ...ENVIRONMENT },
      maxBuffer: most,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // Windows looks for programs in the working folder first, and a repository is a stranger's.
      ...(process.platform === 'win32' && { cwd: process.env['SystemRoot'] ?? 'C:\\' }),
    });
    return { bytes };
  } catch (error) {
    return { failure: failureOf(error as Failed) };
  }
};

interface Failed {
  readonly code?: string;
  readonly stderr?: Uint8Array;
  readonly message?: string;
}

function failureOf({ code, stderr, message }: Failed): string {
  if (code === 'ENOENT') return 'git is not installed, or not on the PATH';
  if (code === 'ENOBUFS') return 'it is too large';
  const [said = ''] = new TextDecoder().decode(stderr ?? new Uint8Array()).split('\n');
  return said.replace(/^(?:fatal|error): /, '') || (code ?? message ?? 'git failed');
}

import module from 'node:module';

// Before anything else is loaded, so that the rest comes from the cache. Node 20 has no such function.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

void import('./process.ts').then(({ run }) => run());

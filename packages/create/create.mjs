#!/usr/bin/env node
// `npm create postern` is `postern init`, with the same options.
process.argv.splice(2, 0, 'init');
await import(new URL('dist/bin.js', import.meta.resolve('postern/package.json')).href);

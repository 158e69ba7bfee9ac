#!/usr/bin/env node
import path from 'node:path';
import type { main as Main } from './main.js';
import { nodeIo } from './process/node-io.js';
import { unsupportedNode } from './process/node-version.js';
import { enableCompileCache } from './v8/cache-folder.js';
import { loadWithCompileCache } from './v8/compile-cache.js';
import { tuneForShortRun } from './v8/tune.js';

const unsupported = unsupportedNode(process.versions.node);
if (unsupported === undefined) start();
else {
  // What prints errors may not run here.
  process.stderr.write(
    `error UNSUPPORTED: ${unsupported}\n  Install a newer version: https://nodejs.org/en/download\n`,
  );
  process.exitCode = 1;
}

function start(): void {
  enableCompileCache();
  // The SDK's hint about coming Node versions is for programmers; `postern --version` says what follows for users.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

  const isCheck = /^(?:check|explain)$/.test(process.argv[2] ?? '');
  if (isCheck) tuneForShortRun();
  const file = path.join(__dirname, 'main.cjs');
  const { main } = loadWithCompileCache(file, (specifier) => import(specifier)) as { readonly main: typeof Main };
  const io = nodeIo();
  void main(process.argv.slice(2), io).then((status) => {
    process.exitCode = status;
    // An interrupted `cidr` command exits at once. It does not wait until its printed output has been read.
    if (io.signal.aborted && process.argv[2] === 'cidr') process.exit();
    // A check has no resources that must be closed. A normal exit would free its memory piece by piece, which
    // takes longer than its start.
    if (isCheck && io.isWritten()) process.exit();
  });
}

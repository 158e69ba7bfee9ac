#!/usr/bin/env node
import * as nodeModule from 'node:module';
import path from 'node:path';
import type { main as Main } from './main.js';
import { nodeIo } from './process/node-io.js';
import { loadWithCompileCache } from './v8/compile-cache.js';
import { tuneForShortRun } from './v8/tune.js';

// From Node 22.8 on, compiled code is kept between runs. (Where the folder cannot be written, nothing happens.)
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown };
enableCompileCache?.();
// The SDK's hint about coming Node versions is for programmers, not for the users of a command.
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

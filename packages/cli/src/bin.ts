#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { main } from './main.js';
import { processIo } from './process-io.js';

// From Node 22.8 on, compiled code is kept between runs. (Where the folder cannot be written, nothing happens.)
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown };
enableCompileCache?.();
// V8 begins to optimise at a point that suits servers. A check is over before that pays: two fifths of its processor time went there. And
// nobody waits for it meanwhile, so that garbage may be collected in one go.
// Later versions of V8 have another compiler in between, with limits of its own.
if (/^1[01]\./.test(process.versions.v8) && /^(?:check|explain)$/.test(process.argv[2] ?? '')) {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString('--interrupt-budget=600000');
  setFlagsFromString('--no-incremental-marking');
}
// The SDK's hint about coming Node versions is for programmers, not for the users of a command.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

void main(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = status;
});

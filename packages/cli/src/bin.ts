#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { main } from './main.js';
import { processIo } from './process-io.js';

// From Node 22.8 on, compiled code is kept between runs. (Where the folder cannot be written, nothing happens.)
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown };
enableCompileCache?.();
// The SDK's hint about coming Node versions is for programmers, not for the users of a command.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

void main(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = status;
});

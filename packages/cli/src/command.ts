import { enableCompileCache } from './process/compile-cache.js';
import { nodeIo } from './process/node-io.js';

enableCompileCache();
// The SDK's hint about coming Node versions is for programmers; `postern --help` says what follows for users.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const { main } = await import('./main.js');
const io = nodeIo();
process.exitCode = await main(process.argv.slice(2), io);
// An interrupted `cidr` command exits at once. It does not wait until its printed output has been read.
if (io.signal.aborted && process.argv[2] === 'cidr') process.exit();

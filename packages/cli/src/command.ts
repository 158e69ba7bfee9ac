import { enableCompileCache } from './process/compile-cache.js';
import { nodeIo } from './process/node-io.js';
import { watchUnfinished } from './process/unfinished.js';

enableCompileCache();
// The SDK's hint about coming Node versions is for programmers; `postern --help` says what follows for users.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const argv = process.argv.slice(2);
const io = nodeIo();
const answered = watchUnfinished(argv, io);
const { main } = await import('./main.js');
answered(await main(argv, io));

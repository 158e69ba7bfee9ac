// A session of the official client of the Model Context Protocol with `postern mcp`, on this machine only.
//   node examples/assistant/run.mjs
// examples/assistant/session.txt is what it prints.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { POSTERN, show } from '../show.mjs';
import { session } from './session.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const snapshot = path.join(here, '../../docs/tutorial/shop.json');

await show('assistant', async ({ folder, start }) => {
  const { url } = await start(['--snapshot', snapshot]);
  copyFileSync(path.join(here, 'postern.yaml'), path.join(folder, 'postern.yaml'));
  const connect = async (capabilities) => {
    const client = new Client({ name: 'example', version: '1.0.0' }, { capabilities });
    const args = [POSTERN, 'mcp', '--allow-apply'];
    const env = { ...process.env, POSTERN_SIMULATOR: url };
    const transport = new StdioClientTransport({ command: process.execPath, args, cwd: folder, env, stderr: 'ignore' });
    await client.connect(transport);
    return client;
  };
  const asked = [];
  const [silent, asking] = [await connect({}), await connect({ elicitation: { form: {} } })];
  asking.setRequestHandler('elicitation/create', ({ params }) => {
    asked.push(params.message);
    return { action: 'decline' };
  });
  await session({ silent, asking, asked }, (line) => console.log(line));
  await Promise.all([silent.close(), asking.close()]);
});

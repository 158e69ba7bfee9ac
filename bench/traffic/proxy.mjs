// The yardstick: a proxy on bare node:http that passes method, path, headers and bodies to a server: argv[2] is its URL.
import { Agent, createServer, request } from 'node:http';

const { hostname: host, port } = new URL(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const passed = request({ agent, host, port, method, path, headers }, (response) => {
    outgoing.writeHead(response.statusCode, response.headers);
    response.pipe(outgoing);
  });
  incoming.pipe(passed);
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));

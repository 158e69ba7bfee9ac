// The server behind the gateways and behind the proxy: a small answer to everything.
import { createServer } from 'node:http';

const body = JSON.stringify({ order: 1, state: 'shipped' });
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));

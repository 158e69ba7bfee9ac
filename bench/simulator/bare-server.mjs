// The yardstick: node:http, a body parsed as JSON, and always the same object answered as JSON.
import { createServer } from 'node:http';

const answer = JSON.parse(process.argv[2]);
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const input = JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify({ ...answer, name: input.name });
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

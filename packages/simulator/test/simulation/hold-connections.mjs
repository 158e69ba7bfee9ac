// Opens connections to a port of the loopback address, sends the same bytes on each, and holds them. Run with `fork`: it says
// { opened, closed, statuses } when asked, and ends with its parent.
//   hold-connections.mjs PORT COUNT BYTES
import { connect } from 'node:net';

const [port, count, bytes] = process.argv.slice(2);
/** Connections that are being opened at once: the backlog of a listening socket is limited. */
const AT_ONCE = 200;
let [opened, closed] = [0, 0];
const statuses = {};

function open() {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    socket.once('connect', () => {
      opened += 1;
      socket.write(bytes);
      resolve();
    });
    socket.on('data', (data) => {
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(data.toString('latin1')) ?? [];
      if (status) statuses[status] = (statuses[status] ?? 0) + 1;
    });
    socket.on('error', () => resolve());
    socket.once('close', () => {
      closed += 1;
      resolve();
    });
  });
}

process.on('message', () => process.send({ opened, closed, statuses }));
process.on('disconnect', () => process.exit());
for (let made = 0; made < Number(count); made += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, Number(count) - made) }, open));
}
process.send('held');

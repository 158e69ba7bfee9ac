// A served simulation whose gateways send their calls to a server: argv[2] is its URL.
import { builtWorld } from './world.mjs';

const { sim, servers, gateways } = await builtWorld();
for (const address of servers) sim.backends.add({ address, port: 8080, url: process.argv[2] });
const { url } = await sim.listen();
console.log(JSON.stringify({ url, gateways }));

// A world for links in a process of its own, over HTTP: prints `{ url, parts, spec }`. `node server.mjs LINKS APIS SPEED`. Nothing is
// throttled. Simulated time passes SPEED times as fast as real time.
import { linksWorld } from './world.mjs';

const [links, apis, speed] = process.argv.slice(2).map(Number);
const { simulation, parts, spec } = await linksWorld({ links, apis, throttle: false, clock: { speed } });
const { url } = await simulation.listen();
console.log(JSON.stringify({ url, parts, spec }));

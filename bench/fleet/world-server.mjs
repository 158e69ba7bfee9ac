// Simulated accounts in a process of its own, over HTTP: `fork`ed with ACCOUNTS REGIONS LINKS SPEED. Sends `{ accounts, startMs }`, and answers
// each message with what the clouds hold and were asked for.
import { simulate } from '../../packages/simulator/dist/index.js';
import { buildAccount } from '../../examples/fleet/account.mjs';

const REGIONS = ['eu-west-1', 'eu-central-1', 'ap-southeast-1', 'us-west-2'];

const [accountCount, regionCount, links, speed] = process.argv.slice(2).map(Number);
const startAt = new Date().toISOString();
const places = Array.from({ length: accountCount * regionCount }, (_, at) => ({
  account: String(111_111_110_001 + (at % accountCount)),
  region: REGIONS[Math.floor(at / accountCount)],
  links: Math.floor(links / (accountCount * regionCount)) + (at < links % (accountCount * regionCount) ? 1 : 0),
})).filter((place) => place.links > 0);

const quotas = { 'vpc-links': 10_000, 'network-interfaces': 100_000 };
const simulations = new Map();
for (const place of places) {
  const { account } = place;
  const options = { seed: simulations.size + 1, account, startAt, clock: { speed }, quotas };
  const simulation = simulations.get(account) ?? simulate(options);
  simulations.set(account, simulation);
  place.spec = await buildAccount(simulation, place);
}
const accounts = [];
for (const [id, simulation] of simulations) {
  const server = await simulation.listen();
  accounts.push({ id, url: server.url });
}
const [first] = simulations.values();
process.send({ accounts, places, startMs: first.clock.now(), sinceMs: Date.now() });

process.on('message', () => {
  const calls = {};
  for (const simulation of simulations.values()) {
    for (const { operation, status } of simulation.journal()) {
      const of = (calls[operation] ??= { all: 0, refused: 0 });
      of.all += 1;
      if (status === 429) of.refused += 1;
    }
  }
  process.send({ calls, made: places.map(madeAt) });
});

/** The resources of a place, and when its links were created. */
function madeAt({ account, region, links: wanted, spec }) {
  const simulation = simulations.get(account);
  const all = (operation, input = {}) => {
    const items = [];
    for (let NextToken; ;) {
      const page = simulation.call(
        { service: 'apigatewayv2', operation, region },
        { ...input, MaxResults: '100', NextToken },
      );
      items.push(...page.Items);
      ({ NextToken } = page);
      if (NextToken === undefined) return items;
    }
  };
  const [{ gateway }] = Object.values(spec.integrations);
  const at = all('GetVpcLinks').map(({ CreatedDate }) => new Date(CreatedDate).getTime());
  const ApiId = gateway.httpApi;
  const counts = [at.length, all('GetIntegrations', { ApiId }).length, all('GetRoutes', { ApiId }).length];
  return { account, region, wanted, counts, at: at.toSorted((a, b) => a - b) };
}

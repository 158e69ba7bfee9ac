// An API group on a conventional instance of the simulated Alibaba Cloud, and a VPC integration instance that it is to move to: as many
// APIs as are asked for, each on three stages, behind a tenth as many authorizations, a twentieth as many routing plug-ins. Every
// tenth server stands in a security group that lets in the old instance alone. It is observed as a live validation observes it.
import { alibaba } from '../../packages/alibaba/dist/index.js';
import { createContext } from '../../packages/core/dist/index.js';
import { encodeSnapshot } from '../../packages/core/dist/snapshot.js';
import { instancesWorld, publishedApi, REGION } from './instances.mjs';

const STAGES = ['RELEASE', 'PRE', 'TEST'];
const MINUTES = 60_000;

/** @param {number} apis */
export async function migrationWorld(apis) {
  const counts = { apis, authorizations: Math.ceil(apis / 10), plugins: Math.ceil(apis / 20) };
  const { simulation, call, from, to, names } = await instancesWorld({
    servers: counts.authorizations,
    quotas: { 'apis-per-group': apis },
    closed: (group) => group === 0,
  });
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId: from });
  const ids = Array.from({ length: apis }, (_, index) =>
    publishedApi(call, { GroupId, index, stages: STAGES, backend: names[index % names.length] }),
  );
  for (let index = 0; index < counts.plugins; index += 1) {
    const { PluginId } = call('CloudAPI', 'CreatePlugin', {
      PluginName: `plugin${index}`,
      PluginType: 'routing',
      PluginData: `routes:\n- name: other\n  condition: "$Query = 1"\n  backend: { type: HTTP-VPC, vpcAccessName: ${names.at(-1 - (index % names.length))} }\n`,
    });
    const StageName = STAGES[index % STAGES.length];
    call('CloudAPI', 'AttachPlugin', { PluginId, GroupId, ApiId: ids[(index * 7) % apis], StageName });
  }
  await simulation.advance(10 * MINUTES);

  /** Observes, and counts the calls. */
  const observe = async (scope) => {
    const calls = new Map();
    const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const context = createContext({ clock: simulation.clock, random: () => 0.5, trace });
    const region = await alibaba({ region: REGION, api: simulation.alibaba(REGION) }).observe(scope, context);
    const takenAt = new Date(simulation.clock.now()).toISOString();
    return { calls, text: encodeSnapshot({ version: 1, takenAt, regions: [region] }) };
  };
  const live = await observe({ gateways: [{ apiGroup: GroupId }], links: [to], checks: true, uses: true });
  const options = ['--provider', 'alibaba', '--group', GroupId, '--to', to];
  const told = `${counts.apis} APIs, ${counts.authorizations} authorizations, ${counts.plugins} plug-ins`;
  return { told, migration: { provider: 'alibaba', group: GroupId, to }, options, observe, ...live };
}

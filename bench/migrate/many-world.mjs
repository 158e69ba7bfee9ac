// API groups on a conventional instance of the simulated Alibaba Cloud, each with as many published APIs, behind ten servers that both
// instances reach: a move to the other instance needs nothing else first.
import { instancesWorld, publishedApi, REGION } from './instances.mjs';

const MINUTES = 60_000;
const SERVERS = 10;

/** @param {{ groups: number, apis: number }} size `apis`: of each group */
export async function manyGroups({ groups, apis }) {
  const { simulation, call, from, to, names } = await instancesWorld({
    servers: SERVERS,
    quotas: { 'api-groups': groups },
  });
  const ids = Array.from({ length: groups }, (_, at) => {
    const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: `group${at}`, InstanceId: from });
    for (let index = 0; index < apis; index += 1) {
      publishedApi(call, { GroupId, index, stages: ['RELEASE'], backend: names[(at + index) % names.length] });
    }
    return GroupId;
  });
  await simulation.advance(10 * MINUTES);
  return { simulation, call, from, to, ids };
}

/** What no API returns: the blocks that the gateway reserves. */
export const ASSUME = { internalBlocks: { [REGION]: ['10.250.0.0/16'] } };

import { expect, it } from 'vitest';
import { nameOf } from '../../src/harness/fuzz.js';
import { prepare, replay, type Prepared } from '../../src/internal/harness.js';
import { traceText } from '../../src/harness/trace.js';
import { onTime } from './on-time.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { sample } from '../../../core/test/runs.js';

/**
 * What trials found, with the fewest events that showed it: the scenario, the trace, what its events meet, the seed. Where a
 * run makes another call before a moment, the events would meet something else and show nothing: move them until they meet this.
 */
const FOUND: readonly (readonly [what: string, scenario: string, trace: string, met: string, seed: number])[] = [
  [
    'a run deleted its own link in favor of an older one with a copied mark, in every run',
    'aws: manual deployment',
    'deny@9 edit:forge-mark@64',
    'DescribeListeners GetVpcLinks',
    187,
  ],
  [
    'two machines bought an instance each, and one was killed: plans name the second one until it is deleted with consent',
    'alibaba: create',
    'twin@0 kill@151',
    'GetCallerIdentity record',
    1,
  ],
  [
    'killed between the creation of a path of a REST API and of its method, the empty path stayed after destroy',
    'aws: REST API: add a route',
    'kill@75',
    'PutMethod',
    1,
  ],
  [
    'the creation of the method was denied, and the empty path stayed after destroy',
    'aws: REST API: add a route',
    'deny@75',
    'PutMethod',
    1,
  ],
  [
    'the deletion of that path was denied, too: the next run did not know whose it was, and it stayed after destroy',
    'aws: REST API: rename an integration',
    'error@39 throttle-after@64 deny@79 deny@80',
    'DescribeRules GetVpcLinks PutMethod GetResources',
    51_113,
  ],
  [
    'killed between the deletion of a method and of its path, the empty path stayed after destroy',
    'aws: REST API: add a route',
    'kill@231',
    'DeleteResource',
    1,
  ],
  [
    'the answer to the creation of a path was lost, and the path stayed after destroy',
    'aws: REST API: add a route',
    'lost@74',
    'CreateResource',
    1,
  ],
  [
    'killed after the record of a creation, while lists lag: the next run created a second link',
    'aws: replace with a manual deployment',
    'lists-lag@0 kill-after@173',
    'GetCallerIdentity record',
    9,
  ],
  [
    'a process whose clock was set back wrote records that seemed hours old: the next run deleted a link without its drain',
    'aws: adopt a link',
    'html@3 clock-back@113 expired-token@118 expired@178',
    'GetApi GetStages DescribeNetworkInterfaces GetIntegrations',
    11_037,
  ],
  [
    'killed between a new draft of an API and its publication: the next run deleted the old target without its drain',
    'alibaba: change a target',
    'late@175 kill@262 late@297',
    'DescribeApiGroup DeployApi DescribeVpcs',
    30_918,
  ],
  [
    'a run without a journal was killed before its wait for calls in flight: the next one deleted an instance at once',
    'alibaba: replace an instance of two groups',
    'kill-and-lose@95 expired@194 expired@358 lists-lag@544 kill-after@660',
    'wait DescribeInstances DescribeApiGroup DescribeApi record',
    53_315,
  ],
  [
    'the journal was lost, and began again with a run that deleted nothing: the next one deleted an instance at once',
    'alibaba: replace an instance of two groups',
    'twin@97 kill-and-lose@622 twin@639 kill@642',
    'DescribeInstances record DescribeRouteEntryList DescribeApiGroup',
    123_434,
  ],
  [
    'a token expired while a group moved, and the group arrived after the run had ended: the drain began too early',
    'alibaba: replace an instance',
    'expired@388 late@394',
    'DescribeApiGroup DescribeVpcAccesses',
    171_249,
  ],
  [
    'an older list hid the integration that a route could share: the harness took its own one for a difference',
    'aws: WebSocket API',
    'expired@1 error@84 deny@99 stale@159',
    'GetVpcLinks DescribeLoadBalancers GetIntegrations GetIntegrations',
    33_513,
  ],
  [
    'a region was lost after its last change: the harness expected that its routes are called',
    'aws: two regions',
    'lose-region@138',
    'GetIntegrations',
    39_442,
  ],
  [
    'a link of others with a copied mark is deleted by hand: the harness expected it to stay',
    'aws: REST API: add a route',
    'edit:forge-mark@77 edit:delete-link@104',
    'PutIntegration GetCallerIdentity',
    24,
  ],
  [
    'an API of a second project is deleted by hand: the harness expected it to stay',
    'alibaba: change a target',
    'rival@27 edit:delete-api@148',
    'ListPrivateDNS DescribeLoadBalancerAttribute',
    138,
  ],
  [
    'a caller came while a run waited to revoke what the caller needs: the run did not look again',
    'aws: change a port under an allowlist',
    'edit:others-come@163',
    'DescribeSecurityGroups',
    866,
  ],
  [
    'a caller came to a replaced link: the run revoked what it needs, of the security group that both links have',
    'aws: rename an integration, replace its link',
    'edit:others-come@219',
    'GetRoute',
    817,
  ],
  [
    'a mark was copied onto an adopted link during destroy: destroy took the link for one of others, and left the mark',
    'aws: adopt a link',
    'edit:others-come@100 edit:forge-mark@245',
    'DescribeSecurityGroups GetStages',
    1_543,
  ],
];

const prepared = new Map<string, Promise<Prepared>>();
function prepareOnce(name: string): Promise<Prepared> {
  const scenario = [...AWS_SCENARIOS, ...ALIBABA_SCENARIOS].find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`${name} is not a scenario`);
  const ready = prepared.get(name) ?? prepare(onTime(scenario));
  prepared.set(name, ready);
  return ready;
}

it.each(sample(FOUND, 10))('what trials found does not come back: %s', async (_, name, trace, met, seed) => {
  const { deeds, events, violation } = await replay(await prepareOnce(name), trace, seed);
  expect(violation).toBeUndefined();
  expect(traceText(events)).toBe(trace);
  expect(events.map(({ moment }) => deeds[moment]).map((deed) => deed && nameOf(deed))).toEqual(met.split(' '));
});

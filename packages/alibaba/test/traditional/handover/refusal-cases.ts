import { memoryJournal, type Journal } from '@postern/core/internal/library';
import {
  assess,
  parseWaiver,
  proveHandover,
  readHandoverPlan,
  readHandoverProof,
  readHandoverSource,
  switchHandover,
  type CallPinned,
  type HandoverPlan,
  type HandoverProof,
  type HandoverSource,
  type PlanHandoverOptions,
  handoverReader,
} from '../../../src/traditional/handover/internal.js';
import { REGION } from '../../world/simulated.js';
import { doFinish } from './finish-world.js';
import { carryOut } from './run-world.js';
import { doSwitch, good, proofOf, rollBack, TTL, type SwitchWorld } from './switch-world.js';

/** A hand-over that is built, and the journal of its commands. */
export type RefusalWorld = SwitchWorld & { readonly journal: Journal };

/** A refused command on a world of its own, and what its remedy leads to. */
export interface HandoverRefusal {
  readonly name: string;
  readonly code: string;
  /** The remedy begins so. */
  readonly remedy: string;
  /** The records have led to the target for an hour. By default everything is built, and nothing is switched. */
  readonly isDrained?: true;
  /** Makes the world, and does what is refused. */
  readonly refused: (world: RefusalWorld) => unknown;
  /** Does what the remedy says, as it is printed. The last command is accepted. */
  readonly follow: (world: RefusalWorld, remedy: string, message: string) => unknown;
}

const sourceOf = ({ api, groupId, ctx }: RefusalWorld): Promise<HandoverSource> =>
  handoverReader({ region: REGION, api }).read({ groupId }, ctx);

const switched = (world: RefusalWorld, proof: HandoverProof, more: object = { watch: good }) =>
  switchHandover(world.handover, world.driver, proof, { context: world.ctx, journal: memoryJournal(), ...more }).next();

const proved = (world: RefusalWorld, accept: readonly string[] = [], plan = world.handover) => {
  const call: CallPinned = async ({ side, address, host, method, path, headers }) => {
    const pinned = side === 'target' ? { 'x-postern-address-of': address ?? '' } : {};
    const { status } = await world.simulation.traffic.call({
      host,
      method,
      path,
      headers: { ...headers, ...pinned },
    });
    return { status, headers: {}, bodyHash: '', latencyMs: 1 };
  };
  const context = { ...world.ctx, random: Math.random };
  return proveHandover(plan, world.driver, { context, call, accept, now: () => Date.now() });
};

/** A vSwitch in a VPC of its own. */
function farVSwitch({ call }: RefusalWorld) {
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.99.0.0/16' });
  return { id: 'vsw-far', vpcId: VpcId as string };
}

const buying = (world: RefusalWorld, ids: readonly string[]): PlanHandoverOptions => ({
  targets: [],
  purchase: {
    vSwitchIds: ids,
    vSwitches: [...world.subnetIds.map((id) => ({ id, vpcId: vpcOf(world) })), farVSwitch(world)],
  },
});

const vpcOf = ({ call, subnetIds: [VSwitchId] }: RefusalWorld): string =>
  call('Vpc', 'DescribeVSwitches', { VSwitchId }).VSwitches.VSwitch[0].VpcId;

/** Plans with the first vSwitch of the VPC that a remedy names. */
function planInto(world: RefusalWorld, remedy: string): Promise<HandoverPlan> {
  const [VpcId] = /vpc-\w+/.exec(remedy) ?? [];
  const [own] = world.call('Vpc', 'DescribeVSwitches', { VpcId }).VSwitches.VSwitch;
  return world.plan(buying(world, [own.VSwitchId]));
}

const planAgain = async (world: RefusalWorld): Promise<unknown> => carryOut(world, await world.plan());

const routesOf = ({ call }: RefusalWorld) => {
  const { httpApiId } = call('APIG', 'ListHttpApis', {}).items[0].versionedHttpApis[0];
  return { httpApiId, routes: call('APIG', 'ListHttpApiRoutes', { httpApiId, pageSize: 100 }).items };
};

/** The record of the domain leads to the group alone, as a remedy says. */
function onlyFormer({ call }: RefusalWorld, remedy: string): void {
  const [, type = '', value = ''] = /have only (\S+) (\S+), and none/.exec(remedy) ?? [];
  const rows = call('Alidns', 'DescribeDomainRecords', { DomainName: 'example.com' }).DomainRecords.Record;
  for (const { RecordId } of rows) call('Alidns', 'DeleteDomainRecord', { RecordId });
  call('Alidns', 'AddDomainRecord', { DomainName: 'example.com', RR: 'api', Type: type, Value: value, TTL });
}

export const HANDOVER_REFUSALS: readonly HandoverRefusal[] = [
  {
    name: 'a waiver without a reason',
    code: 'INVALID_INPUT',
    remedy: 'Write the rule, or the rule and the object, and why it is given up',
    refused: () => parseWaiver('group/own-domain'),
    follow: (_, remedy) => parseWaiver(/"(.*)"/.exec(remedy)?.[1] ?? ''),
  },
  {
    name: 'a waiver with a typing error',
    code: 'INVALID_INPUT',
    remedy: 'Did you mean ',
    refused: async (world) => assess(await sourceOf(world), { waivers: [parseWaiver('group/own-domian=a test')] }),
    follow: async (world, remedy) => {
      const [, item = ''] = /mean (\S+)\?/.exec(remedy) ?? [];
      return assess(await sourceOf(world), { waivers: [parseWaiver(`${item}=a test`)] });
    },
  },
  {
    name: 'a waiver of something that is not there',
    code: 'INVALID_INPUT',
    remedy: 'Remove it: only what is blocked or unknown is waived.',
    refused: (world) => world.plan({ waivers: [parseWaiver('group/own-domain=a test'), parseWaiver('zz=a test')] }),
    follow: (world) => world.plan({ waivers: [parseWaiver('group/own-domain=a test')] }),
  },
  {
    name: 'an instant in another form',
    code: 'INVALID_INPUT',
    remedy: 'Write it as in 2026-11-25T08:00:00Z.',
    refused: async (world) => assess(await sourceOf(world), { now: 'today' }),
    follow: async (world, remedy) => assess(await sourceOf(world), { now: /in (\S+Z)\./.exec(remedy)?.[1] }),
  },
  {
    name: 'a source of another version',
    code: 'UNSUPPORTED_VERSION',
    remedy: 'Read the group again with this version.',
    refused: async (world) => assess({ ...(await sourceOf(world)), version: 9 } as never),
    follow: async (world) => assess(await sourceOf(world)),
  },
  {
    name: 'a file that is no source',
    code: 'INVALID_INPUT',
    remedy: 'Name a file that `postern handover assess --save-source` wrote.',
    refused: () => readHandoverSource('{}'),
    follow: async (world) => readHandoverSource(JSON.stringify(await sourceOf(world))),
  },
  {
    name: 'a plan of what is not ready',
    code: 'FINDINGS_FAILED',
    remedy: 'Run `postern handover assess` for what to do, or waive what may be given up.',
    refused: (world) => world.plan({ waivers: [] }),
    follow: async (world) => {
      const { items } = assess(await sourceOf(world));
      const open = items.filter(({ verdict, waivable }) => waivable && ['blocked', 'unknown'].includes(verdict));
      return world.plan({ waivers: open.map(({ rule }) => parseWaiver(`${rule}=a test`)) });
    },
  },
  {
    name: 'a stage without a gateway',
    code: 'INVALID_INPUT',
    remedy: 'Name one (--gateway ',
    refused: (world) => world.plan({ targets: [] }),
    follow: (world) => world.plan(),
  },
  {
    name: 'a vSwitch that does not exist',
    code: 'NOT_FOUND',
    remedy: 'Name a vSwitch of vpc-',
    refused: (world) => world.plan(buying(world, ['vsw-nothere'])),
    follow: planInto,
  },
  {
    name: 'a vSwitch of another VPC',
    code: 'WRONG_NETWORK',
    remedy: 'Name a vSwitch of vpc-',
    refused: (world) => world.plan(buying(world, ['vsw-far'])),
    follow: planInto,
  },
  {
    name: 'a file that is no plan',
    code: 'INVALID_INPUT',
    remedy: 'Name a file that `postern handover plan -o` wrote.',
    refused: () => readHandoverPlan('{}'),
    follow: async (world) => readHandoverPlan(JSON.stringify(await world.plan())),
  },
  {
    name: 'a plan of another version',
    code: 'UNSUPPORTED_VERSION',
    remedy: 'Plan the hand-over again with this version.',
    refused: ({ handover }) => readHandoverPlan(JSON.stringify({ ...handover, version: 9 })),
    follow: async (world) => readHandoverPlan(JSON.stringify(await world.plan())),
  },
  {
    name: 'a plan that was edited',
    code: 'INVALID_INPUT',
    remedy: 'Plan the hand-over again; options decide what it does.',
    refused: ({ handover }) => readHandoverPlan(JSON.stringify({ ...handover, notes: ['edited'] })),
    follow: async (world) => readHandoverPlan(JSON.stringify(await world.plan())),
  },
  {
    name: 'a plan whose group was edited',
    code: 'WORLD_MOVED',
    remedy: 'Plan the hand-over again, and compare the two plans.',
    refused: (world) => {
      world.call('CloudAPI', 'AbolishApi', { GroupId: world.groupId, ApiId: world.apis.carts, StageName: 'RELEASE' });
      return carryOut(world, world.handover);
    },
    follow: planAgain,
  },
  {
    name: 'a plan that is a week old',
    code: 'WORLD_MOVED',
    remedy: 'Plan the hand-over again, and compare the two plans.',
    refused: async (world) => {
      await world.simulation.advance(7 * 86_400_000);
      return carryOut(world, world.handover);
    },
    follow: planAgain,
  },
  {
    name: 'a purchase without consent',
    code: 'PURCHASE_NOT_ALLOWED',
    remedy: 'Allow it with `allowPurchase` (--allow-purchase), or plan with a gateway that exists.',
    refused: async (world) => {
      await rollBack(world, world.journal, { deleteBuilt: true });
      return carryOut(world, await world.plan(buying(world, world.subnetIds)));
    },
    follow: async (world) => carryOut(world, await world.plan(buying(world, world.subnetIds)), { allowPurchase: true }),
  },
  {
    name: 'a gateway that does not exist any more',
    code: 'NOT_FOUND',
    remedy: 'Plan the hand-over again with another target.',
    refused: (world) => {
      const stages = world.handover.stages.map((stage) => ({ ...stage, gateway: { adopt: 'gw-nothere' } }));
      return carryOut(world, { ...world.handover, stages });
    },
    follow: planAgain,
  },
  {
    name: 'callers who sign and send a token',
    code: 'UNSUPPORTED',
    remedy: 'Detach the plug-in, or let the backend check the token, and plan again.',
    refused: async (world) => {
      const { call, groupId, apis } = world;
      const jwk = {
        kty: 'RSA',
        e: 'AQAB',
        use: 'sig',
        kid: 'one',
        alg: 'RS256',
        n: 'qSVxcknOm0uCq5vGsOmaorPDzHUubBmZZ4UXj',
      };
      const PluginData = JSON.stringify({ parameter: 'token', parameterLocation: 'header', jwk });
      const { PluginId } = call('CloudAPI', 'CreatePlugin', {
        PluginName: 'tokens',
        PluginType: 'jwtAuth',
        PluginData,
      });
      call('CloudAPI', 'AttachPlugin', { PluginId, GroupId: groupId, ApiId: apis.orders, StageName: 'RELEASE' });
      return carryOut(world, await world.plan());
    },
    follow: async (world) => {
      const { call, groupId, apis } = world;
      const [{ PluginId }] = call('CloudAPI', 'DescribePlugins', { PluginName: 'tokens' }).Plugins.PluginAttribute;
      call('CloudAPI', 'DetachPlugin', { PluginId, GroupId: groupId, ApiId: apis.orders, StageName: 'RELEASE' });
      return planAgain(world);
    },
  },
  {
    name: 'a route of another owner',
    code: 'ALREADY_EXISTS',
    remedy: 'Rename or delete it on the target, and run again.',
    refused: (world) => {
      const { httpApiId, routes } = routesOf(world);
      const { routeId } = routes[0];
      world.call('APIG', 'UpdateHttpApiRoute', { httpApiId, routeId, description: 'by hand' });
      return carryOut(world, world.handover);
    },
    follow: async (world) => {
      const { httpApiId, routes } = routesOf(world);
      const { routeId } = routes.find(({ description }: { readonly description: string }) => description === 'by hand');
      world.call('APIG', 'UndeployHttpApi', { httpApiId, routeId });
      await world.simulation.advance(60_000);
      world.call('APIG', 'DeleteHttpApiRoute', { httpApiId, routeId });
      await world.simulation.advance(60_000);
      return carryOut(world, world.handover);
    },
  },
  {
    name: 'a policy that was edited',
    code: 'WORLD_MOVED',
    remedy: 'Delete it on the target and run again, or plan again where the plan is to change.',
    refused: (world) => {
      const { items } = world.call('APIG', 'ListPolicies', { pageSize: 100 });
      const { policyId } = items.find((one: any) => one.className === 'Timeout');
      const config = '{"unitNum":1,"timeUnit":"s","enable":true}';
      world.call('APIG', 'UpdatePolicy', { policyId, config });
      return carryOut(world, world.handover);
    },
    follow: async (world) => {
      const { items } = world.call('APIG', 'ListPolicies', { pageSize: 100 });
      const { policyId } = items.find(({ config }: any) => /"unitNum":1,/.test(config));
      world.call('APIG', 'DeleteAndDetachPolicy', { policyId });
      await world.simulation.advance(60_000);
      return carryOut(world, world.handover);
    },
  },
  {
    name: 'a route of the proof that the plan does not have',
    code: 'INVALID_INPUT',
    remedy: 'Name one of ',
    refused: (world) => proved(world, ['nothere']),
    follow: (world, remedy) => proved(world, [/one of (\w+)/.exec(remedy)?.[1] ?? '']),
  },
  {
    name: 'a file that is no proof',
    code: 'INVALID_INPUT',
    remedy: 'Name a file that `postern handover prove -o` wrote.',
    refused: () => readHandoverProof('{}'),
    follow: async (world) => readHandoverProof(JSON.stringify(await proved(world))),
  },
  {
    name: 'a proof of another version',
    code: 'UNSUPPORTED_VERSION',
    remedy: 'Prove the hand-over again with this version.',
    refused: ({ handover }) => readHandoverProof(JSON.stringify({ ...proofOf(handover), version: 9 })),
    follow: async (world) => readHandoverProof(JSON.stringify(await proved(world))),
  },
  {
    name: 'a proof of another plan',
    code: 'INVALID_INPUT',
    remedy: 'Run `postern handover prove` with this plan, and give its proof.',
    refused: (world) => switched(world, { ...proofOf(world.handover), fingerprint: 'other' }),
    follow: async (world) => switched(world, await proved(world, ['items'])),
  },
  {
    name: 'a proof that is not ready',
    code: 'FINDINGS_FAILED',
    remedy: 'Correct what the proof names, or accept it, and prove again.',
    refused: async (world) => switched(world, await proved(world)),
    follow: async (world) => switched(world, await proved(world, ['items'])),
  },
  {
    name: 'a switch that nothing watches',
    code: 'INVALID_INPUT',
    remedy: 'Give a witness (`watch`), or consent with `acceptUnwatched` (--accept-unwatched).',
    refused: (world) => switched(world, proofOf(world.handover), {}),
    follow: (world) => switched(world, proofOf(world.handover), { acceptUnwatched: true }),
  },
  {
    name: 'a publication that is missing',
    code: 'FINDINGS_FAILED',
    remedy: 'Run `postern handover run` and `postern handover prove` again.',
    refused: async (world) => {
      const { httpApiId, routes } = routesOf(world);
      world.call('APIG', 'UndeployHttpApi', { httpApiId, routeId: routes[0].routeId });
      await world.simulation.advance(60_000);
      return doSwitch(world);
    },
    follow: async (world) => {
      await carryOut(world, world.handover);
      await world.simulation.advance(60_000);
      return switched(world, await proved(world, ['items']));
    },
  },
  {
    name: 'a target whose calls fail',
    code: 'VERIFICATION_FAILED',
    remedy: 'Find why calls of the target fail, prove again, and switch again.',
    refused: (world) =>
      doSwitch(world, { watch: () => Promise.resolve({ classic: { errorShare: 0 }, target: { errorShare: 0.2 } }) }),
    follow: async (world) => {
      await proved(world, ['items']);
      return doSwitch(world);
    },
  },
  {
    name: 'a record with another value',
    code: 'WORLD_MOVED',
    remedy: 'Plan the hand-over again where that is right, or correct the record.',
    refused: (world) => {
      const record = { RecordId: world.recordId, RR: 'api', Type: 'CNAME', Value: 'cdn.example.net', TTL };
      world.call('Alidns', 'UpdateDomainRecord', record);
      return doSwitch(world);
    },
    follow: (world) => {
      const record = { RecordId: world.recordId, RR: 'api', Type: 'CNAME', Value: world.former, TTL };
      world.call('Alidns', 'UpdateDomainRecord', record);
      return doSwitch(world);
    },
  },
  {
    name: 'a weight that was edited',
    code: 'WORLD_MOVED',
    remedy: 'Look who changed it. Let api.example.com have only CNAME ',
    refused: (world) =>
      doSwitch(world, {
        watch: (at) => {
          if (at.share === 10) world.call('Alidns', 'UpdateDNSSLBWeight', { RecordId: world.recordId, Weight: 30 });
          return good(at);
        },
      }),
    follow: (world, remedy) => {
      onlyFormer(world, remedy);
      return doSwitch(world);
    },
  },
  {
    name: 'a return to a group that lost an API',
    code: 'FINDINGS_FAILED',
    remedy: 'Publish it again in the classic service, or consent with `acceptMissing` (--accept-missing).',
    isDrained: true,
    refused: (world) => {
      world.call('CloudAPI', 'AbolishApi', { GroupId: world.groupId, ApiId: world.apis.carts, StageName: 'RELEASE' });
      return rollBack(world, world.journal);
    },
    follow: (world) => {
      const at = { GroupId: world.groupId, ApiId: world.apis.carts, StageName: 'RELEASE', Description: 'again' };
      world.call('CloudAPI', 'DeployApi', at);
      return rollBack(world, world.journal);
    },
  },
  {
    name: 'a return to a group that lost an authorization',
    code: 'FINDINGS_FAILED',
    remedy: 'Restore it in the classic service, or consent with `acceptMissing` (--accept-missing).',
    isDrained: true,
    refused: (world) => {
      const [row] = world.call('CloudAPI', 'DescribeVpcAccesses', { PageSize: 50 }).VpcAccessAttributes
        .VpcAccessAttribute;
      const { VpcId, InstanceId, Port } = row;
      world.call('CloudAPI', 'RemoveVpcAccess', { VpcId, InstanceId, Port });
      return rollBack(world, world.journal);
    },
    follow: (world) => rollBack(world, world.journal, { acceptMissing: true }),
  },
  {
    name: 'the deletion of a target that callers may know',
    code: 'DRAINING',
    remedy: 'Run the same command again from then on.',
    isDrained: true,
    refused: (world) => rollBack(world, world.journal, { deleteBuilt: true }),
    follow: async (world, _remedy, message) => {
      const until = Date.parse(/until (\S+)$/.exec(message)?.[1] ?? '');
      await world.simulation.advance(until - world.simulation.clock.now() + 2_000);
      return rollBack(world, world.journal, { deleteBuilt: true });
    },
  },
  {
    name: 'a duration below 0',
    code: 'INVALID_INPUT',
    remedy: 'Give the longest time for which a client keeps a connection.',
    isDrained: true,
    refused: (world) => doFinish(world, { keepAliveMs: -1 }),
    follow: (world) => doFinish(world, { keepAliveMs: 600_000 }),
  },
  {
    name: 'the end of a hand-over that is not switched',
    code: 'FINDINGS_FAILED',
    remedy: 'Switch first: `postern handover switch`.',
    refused: (world) => doFinish(world),
    follow: async (world) => {
      await doSwitch(world);
      return doFinish(world);
    },
  },
  {
    name: 'a group whose APIs stay',
    code: 'STILL_REFERENCED',
    remedy: 'Delete its APIs, too (--delete-apis), or leave the group.',
    isDrained: true,
    refused: (world) => doFinish(world, { journal: world.journal, remove: ['group', 'domains'] }),
    follow: (world) => doFinish(world, { journal: world.journal, remove: ['group', 'domains', 'apis'] }),
  },
  {
    name: 'a group with an API on another stage',
    code: 'STILL_REFERENCED',
    remedy: 'Remove that first, or leave the group.',
    isDrained: true,
    refused: (world) => {
      const at = { GroupId: world.groupId, ApiId: world.apis.ping, StageName: 'TEST', Description: 'd' };
      world.call('CloudAPI', 'DeployApi', at);
      return doFinish(world, { journal: world.journal, remove: ['group', 'domains', 'apis'] });
    },
    follow: (world) => {
      const at = { GroupId: world.groupId, ApiId: world.apis.ping, StageName: 'TEST' };
      world.call('CloudAPI', 'AbolishApi', at);
      return doFinish(world, { journal: world.journal, remove: ['group', 'domains', 'apis'] });
    },
  },
];

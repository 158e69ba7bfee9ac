import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { createContext, type Snapshot } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import type * as Watch from '@postern/core/internal/watch';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { awsScene, awsStage, driverOf, type AwsStage } from '../checks/aws/account.js';
import { from, tcp } from '../checks/aws/moves.js';

type Row = Readonly<Record<string, any>>;

/** Integrations of the world: the one of the scene, and these with a server of their own in the link's network. */
const SHOPS = ['basket', 'prices', 'stock'] as const;
const MINUTE = 60_000;

/** A world with four integrations on one link, and what others do in it. */
interface YearWorld {
  readonly stage: AwsStage;
  /** Which integrations are reached, as the data path of the simulated network evaluates it; and whether the route is there. */
  readonly truth: () => Readonly<Record<string, boolean>>;
  /** Edits by name: each returns what takes it back. */
  readonly edits: Readonly<Record<string, () => () => void>>;
  /** Edits that change no verdict. */
  readonly harmless: Readonly<Record<string, () => void>>;
}

let scene: ReturnType<typeof build> | undefined;

async function build() {
  const base = await awsScene();
  const stage = awsStage(base);
  const { ec2, call, parts, simulation } = stage;
  call('servicediscovery', 'CreateHttpNamespace', { Name: 'shops' });
  await stage.wait();
  const { Id: NamespaceId } = call('servicediscovery', 'ListNamespaces', {}).Namespaces[0];
  const services = SHOPS.map((name, at) => {
    const { GroupId } = ec2('CreateSecurityGroup', { VpcId: parts.vpc, GroupName: name, Description: name });
    stage.admit(GroupId, tcp(8080, from('10.20.0.0/16')));
    const address = `10.20.10.${60 + at}`;
    const made = ec2('CreateNetworkInterface', {
      SubnetId: parts.subnets.lbA,
      PrivateIpAddress: address,
      Groups: [GroupId],
    });
    simulation.plant('eu-west-1', { kind: 'instance', networkInterfaceId: made.NetworkInterface.NetworkInterfaceId });
    const { Id, Arn } = call('servicediscovery', 'CreateService', { Name: name, NamespaceId }).Service;
    call('servicediscovery', 'RegisterInstance', {
      ServiceId: Id,
      InstanceId: 'one',
      Attributes: { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: '8080' },
    });
    return { name, group: GroupId as string, arn: Arn as string };
  });
  await stage.wait();
  stage.spec += services
    .map(
      ({ name, arn }) => `  ${name}:
    link: eu
    gateway: { httpApi: ${parts.api} }
    targets: { main: { service: '${arn}' } }
    routes: { 'GET /${name}': main }
`,
    )
    .join('');
  await stage.apply();
  return { base: { ...base, world: simulation.world(), spec: stage.spec }, services };
}

/** A copy of the world. */
async function yearWorld(): Promise<YearWorld> {
  const { base, services } = await (scene ??= build());
  const stage = awsStage(base);
  const { ec2, call, parts, simulation } = stage;
  const rule = tcp(8080, from('10.20.0.0/16'));
  const toggled = (off: () => void, on: () => void) => () => {
    off();
    return on;
  };
  const appRule = tcp(8080, { UserIdGroupPairs: [{ GroupId: parts.groups.balancer }] });
  const openOut: Row = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const deny = { NetworkAclId: parts.aclId, RuleNumber: 50, Protocol: '-1', RuleAction: 'deny', Egress: false };
  const reached = (targetId: string): boolean => simulation.connects(stage.link(), { targetId }).connects;
  let made = 0;
  return {
    stage,
    truth: () => {
      const keys = new Set(
        call('apigatewayv2', 'GetRoutes', { ApiId: parts.api }).Items.map(({ RouteKey }: Row) => RouteKey),
      );
      return {
        orders: keys.has('ANY /orders') && reached(parts.listener),
        ...Object.fromEntries(services.map(({ name, arn }) => [name, keys.has(`GET /${name}`) && reached(arn)])),
      };
    },
    edits: {
      'the backend of orders admits nothing': toggled(
        () => stage.refuse(parts.groups.app, appRule),
        () => stage.admit(parts.groups.app, appRule),
      ),
      ...Object.fromEntries(
        services.map(({ name, group }) => [
          `the server of ${name} admits nothing`,
          toggled(
            () => stage.refuse(group, rule),
            () => stage.admit(group, rule),
          ),
        ]),
      ),
      'the link sends nothing': toggled(
        () => ec2('RevokeSecurityGroupEgress', { GroupId: parts.groups.link, IpPermissions: [openOut] }),
        () => ec2('AuthorizeSecurityGroupEgress', { GroupId: parts.groups.link, IpPermissions: [openOut] }),
      ),
      'a network ACL denies the whole VPC': toggled(
        () => ec2('CreateNetworkAclEntry', { ...deny, CidrBlock: '10.20.0.0/16' }),
        () => ec2('DeleteNetworkAclEntry', { NetworkAclId: parts.aclId, RuleNumber: 50, Egress: false }),
      ),
    },
    harmless: {
      'another group': () =>
        ec2('CreateSecurityGroup', { VpcId: parts.vpc, GroupName: `other-${(made += 1)}`, Description: 'other' }),
      'a tag of the network': () =>
        ec2('CreateTags', { Resources: [parts.vpc], Tags: [{ Key: 'round', Value: String((made += 1)) }] }),
      'a wider rule': () => stage.admit(parts.groups.app, tcp(9_000 + (made += 1), from('10.9.0.0/16'))),
    },
  };
}

/** What a year shows: what notifiers received, and what they had to. */
export interface Year {
  readonly told: readonly string[];
  readonly wanted: readonly string[];
  readonly causes: readonly string[];
  readonly rounds: number;
  readonly days: number;
  readonly drifts: number;
}

/**
 * Others edit the world at random times of a year. After each edit there are two observations, five minutes apart; an edit that is taken back
 * within a minute, and changes of names and tags, are among them. What had to be told is computed from the simulated data path.
 */
export async function year(
  watch: Pick<
    typeof Watch,
    'newHistory' | 'observation' | 'watchStep' | 'enqueue' | 'delivered' | 'watchMessage' | 'failedObservation'
  >,
  edits: number,
  seed = 7,
): Promise<Year> {
  const { stage, truth, edits: breaking, harmless } = await yearWorld();
  const { simulation } = stage;
  const random = new SeededRandom(seed);
  const below = (count: number): number => Math.floor(random.next() * count);
  const spec = parseSpec(stage.spec);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const drivers = ({ region }: { readonly region: string }) => Promise.resolve(driverOf(simulation, region));
  const started = simulation.clock.now();
  let history = watch.newHistory(spec, new Date(started).toISOString());
  let before: Snapshot | undefined;
  let rounds = 0;
  let drifts = 0;
  const told: string[] = [];
  const causes: string[] = [];
  const round = async (): Promise<void> => {
    const snapshot = await observeSpec(spec, drivers, ctx, { clouds: CLOUDS, checks: true });
    const step = watch.watchStep(history, watch.observation(snapshot, spec, { clouds: CLOUDS }), {
      clouds: CLOUDS,
      before,
    });
    before = snapshot;
    rounds += 1;
    drifts += step.events.filter(({ type }) => type === 'drifted').length;
    history = watch.enqueue(step.history, ['hook'], step.events, snapshot.takenAt);
    for (const { channel, events } of history.undelivered) {
      for (const { type, subjects, from: was, to, cause } of watch.watchMessage(history, events).groups) {
        if (type !== 'verdict') continue;
        told.push(...subjects.map((subject) => `${subject}: ${was ?? 'new'} → ${to ?? ''}`));
        causes.push(`${cause?.kind ?? ''} ${cause?.changes.length === 0 ? 'nothing' : 'named'}`);
      }
      history = watch.delivered(history, channel);
    }
  };
  const wanted: string[] = [];
  let known = truth();
  const back = new Map<string, () => void>();
  await round();
  for (let edit = 0; edit < edits; edit += 1) {
    await simulation.advance((16 + below(3)) * 60 * MINUTE);
    const kind = below(10);
    const names = Object.keys(breaking);
    // What breaks all integrations is taken back by the next edit.
    const shared = names.slice(-2).find((one) => back.has(one));
    const name = shared ?? names[below(names.length)] ?? '';
    if (kind < 2 && shared === undefined) {
      const calm = Object.values(harmless);
      calm[below(calm.length)]?.();
    } else if (kind < 4 && !back.has(name)) {
      const takeBack = breaking[name]?.();
      await simulation.advance(5_000);
      await round();
      takeBack?.();
    } else if (back.has(name)) {
      back.get(name)?.();
      back.delete(name);
    } else back.set(name, breaking[name]?.() ?? (() => undefined));
    for (let turn = 0; turn < 2; turn += 1) {
      await simulation.advance(5 * MINUTE);
      await round();
    }
    const now = truth();
    for (const [integration, works] of Object.entries(now)) {
      if (known[integration] !== works)
        wanted.push(`integration ${integration}: ${works ? 'broken → works' : 'works → broken'}`);
    }
    known = now;
  }
  const days = (simulation.clock.now() - started) / 86_400_000;
  return { told, wanted, causes, rounds, days, drifts };
}

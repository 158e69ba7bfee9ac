import { alibaba } from '@postern/alibaba';
import type { RunMoveOptions } from '@postern/core/internal/moves';
import type { BuiltMove, MoveCommand, MoveScenario } from '../../../src/internal/harness.js';
import type { SimulateOptions } from '@postern/simulator';
import {
  assume,
  MINUTE,
  moreGroups,
  movingShop,
  publishApi,
  type MovingShop,
} from '../../../../simulator/test/moves/scene.js';
import { REGION } from '../../../../simulator/test/traffic/alibaba/shop.js';
import { groupEdits } from './alibaba-edits.js';
import { ABORT, FINISH, ROLLBACK, RUN, STOPPED, STOPPED_EARLY } from './commands.js';

const SETTINGS: SimulateOptions = { seed: 7, throttle: false };
/** DNS changes within ten minutes. */
const USUAL: RunMoveOptions = { pauseMs: 30_000, drainMs: 11 * MINUTE };

/** How a scenario differs. */
interface GroupOptions {
  readonly commands: readonly MoveCommand[];
  /** Groups beside the first one: the whole instance moves. */
  readonly groups?: number;
  /** APIs beside the first two. */
  readonly apis?: number;
  readonly run?: RunMoveOptions;
  /** Changes the world before the move. */
  readonly before?: (shop: MovingShop) => unknown;
}

function group(name: string, { commands, groups = 0, apis = 0, run, before }: GroupOptions): MoveScenario {
  return {
    name: `alibaba move: ${name}`,
    settings: SETTINGS,
    build: async (simulation): Promise<BuiltMove> => {
      const shop = await movingShop(simulation);
      const { groupId, from, to, host, serverGroup } = shop;
      const paths = ['/orders/1', '/carts/1'];
      for (let at = 0; at < apis; at += 1) {
        publishApi(shop.by, groupId, {
          name: `more${at}`,
          path: `/more${at}`,
          access: at % 2 === 0 ? 'server' : 'balancer',
        });
        paths.push(`/more${at}`);
      }
      const routes = paths.map((path) => ({ gatewayId: groupId, host, route: `GET ${path}`, method: 'GET', path }));
      for (const [at, id] of (await moreGroups(shop, groups)).entries()) {
        const path = `/api${at}`;
        routes.push({
          gatewayId: id,
          host: `${id}-${REGION}.alicloudapi.com`,
          route: `GET ${path}`,
          method: 'GET',
          path,
        });
      }
      await before?.(shop);
      await simulation.advance(20 * MINUTE);
      const back = groups > 0 ? { from: to, to: from } : { group: groupId, to: from };
      return {
        place: { provider: 'alibaba', region: REGION },
        request: groups > 0 ? { from, to } : shop.request,
        plan: { assume, manage: [serverGroup] },
        // The drain is longer than DNS takes.
        settlesMs: 90_000,
        run: { ...USUAL, ...run },
        commands: commands.map((one) => (one.does === 'turn' ? { ...one, request: back } : one)),
        routes,
        edits: groupEdits(shop),
      };
    },
    driver: (process) => alibaba({ region: REGION, api: process.alibaba(REGION) }),
  };
}

/** The service refuses the move of the group that is created last, after it accepted it. */
function refuseOne({ sim, by }: MovingShop): void {
  const groups = by('CloudAPI', 'DescribeApiGroups', { PageSize: 50, PageNumber: 1 }).ApiGroupAttributes
    .ApiGroupAttribute;
  const last: string = groups.find(({ GroupName }: { GroupName: string }) => GroupName === 'group1').GroupId;
  sim.plant(REGION, {
    kind: 'group-move',
    groupId: last,
    status: 'Fail',
    error: 'instance cannot connect the backend x',
  });
}

/** Both instances have the same accessible blocks, and the backends allow both. */
function openAll({ by, to, serverGroup }: MovingShop): void {
  for (const CidrBlock of ['10.0.3.0/24']) {
    by('CloudAPI', 'ModifyInstanceAttribute', {
      InstanceId: to,
      ToConnectVpcIpBlock: { CidrBlock, Customized: true },
      Token: CidrBlock,
    });
  }
  by('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: serverGroup,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp: '10.0.0.0/16',
  });
}

function setPolicy({ by, groupId }: MovingShop): void {
  by('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId: groupId, HttpsPolicy: 'HTTPS1_1_TLS1_0' });
}

/** Moves of Alibaba Cloud, by name. */
export const ALIBABA_MOVES: readonly MoveScenario[] = [
  group('one group', { commands: [RUN, FINISH] }),
  group('one group, nothing to widen', { commands: [RUN, FINISH], before: openAll }),
  group('a group with six APIs', { commands: [RUN, FINISH], apis: 4 }),
  group('the whole instance', { commands: [RUN, FINISH], groups: 2, run: { batch: 2 } }),
  group('rollback after the switch', { commands: [RUN, ROLLBACK] }),
  group('rollback of a policy that was overwritten', { commands: [RUN, ROLLBACK], before: setPolicy }),
  group('rollback after the drain', { commands: [RUN, { does: 'rollback', afterMs: 20 * MINUTE }] }),
  group('the whole instance, rollback', { commands: [RUN, ROLLBACK], groups: 2, run: { batch: 1 } }),
  group('the whole instance, abort, finish', { commands: [STOPPED, ABORT, FINISH], groups: 2, run: { batch: 1 } }),
  group('the whole instance, abort, rollback', { commands: [STOPPED, ABORT, ROLLBACK], groups: 2, run: { batch: 1 } }),
  group('abort before the switch', { commands: [STOPPED_EARLY, { does: 'abort', ends: 'rolled-back' }] }),
  group('a group that the service refuses late', {
    commands: [{ does: 'run', ends: 'rolled-back' }],
    groups: 2,
    run: { batch: 1 },
    before: refuseOne,
  }),
  group('there and back', {
    commands: [RUN, FINISH, { does: 'turn', request: { group: '', to: '' } }, RUN, FINISH],
  }),
];

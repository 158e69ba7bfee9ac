import { plainAddress } from '../../../src/do/kinds/cloud/target-kind.js';
import { simulatedClock, type SimulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { driverOf } from '../../../src/do/adapter/driver-of.js';
import type { DriverMethods } from '../../../src/do/adapter/methods-of-kinds.js';
import type { Driver, Scope } from '../../../src/do/driver.js';
import { CloudError } from '../../../src/ground/errors.js';
import type { Link } from '../../../src/do/model/link.js';
import { ownerFromTags, ownerTags } from '../../../src/do/model/marks.js';
import type { Route } from '../../../src/do/model/route.js';
import type { Target, TargetRef } from '../../../src/do/model/target.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { awsRegion } from '../../check/checks/aws-region.js';
import { TRAITS } from '../../fake-cloud.js';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { CLOUD, GATEWAY, LINK, thirdCloud } from './tables.js';

export const THIRD = clouds([thirdCloud]);

const READY_MS = 30_000;
const ROUTER = {
  id: 'router1',
  name: 'router',
  kind: GATEWAY,
  stages: [{ name: 'live', autoDeploy: true }],
  tags: {},
  raw: null,
};
const raw = null;
const none = () => Promise.reject(new CloudError('UNSUPPORTED', 'not on this cloud', { operation: 'none' }));
const nothing = () => Promise.resolve();

const targetOf = (ref: TargetRef): Target[] => {
  const plain = plainAddress(ref);
  return plain === undefined ? [] : [{ ...plain, networkId: 'vpc-1' }];
};

/** The account of a fictional product: one network with a backend, one router, and links that are pending at first. */
export class ThirdCloud {
  readonly clock: SimulatedClock = simulatedClock();
  readonly links = new Map<string, Link & { readonly madeMs: number }>();
  readonly routes = new Map<string, Route>();
  #ids = 0;

  #seen(): Link[] {
    return [...this.links.values()].map(({ madeMs, ...link }) => {
      const isReady = this.clock.now() - madeMs >= READY_MS;
      return {
        ...link,
        state: isReady ? 'ready' : 'pending',
        nativeState: isReady ? 'Up' : 'Coming',
        owner: ownerFromTags(link.tags),
      };
    });
  }

  #region(scope: Scope): RegionSnapshot {
    const region = awsRegion();
    const all = { protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/8' };
    const open = (['in', 'out'] as const).map((direction) => ({ direction, ...all }));
    return {
      ...region,
      provider: CLOUD,
      region: 'xx-north-1',
      account: 'acc-1234',
      links: this.#seen(),
      gateways: [{ ...ROUTER, routes: [...this.routes.values()] }],
      targets: (scope.targets ?? []).flatMap(targetOf),
      allowlists: [],
      egress: [],
      loadBalancers: [],
      listeners: [],
      targetGroups: [],
      subnets: region.subnets.map((one) => ({ ...one, account: 'acc-1234' })),
      securityGroups: [{ id: 'sg-1', name: 'open', networkId: 'vpc-1', rules: open, tags: {}, raw }],
      interfaces: region.interfaces
        .filter(({ attachedTo }) => attachedTo === 'i-1')
        .map((one) => ({ ...one, securityGroupIds: ['sg-1'] })),
    };
  }

  driver(): Driver {
    return driverOf({
      provider: CLOUD,
      cloud: thirdCloud,
      region: 'xx-north-1',
      links: { [LINK]: TRAITS },
      gateways: [GATEWAY],
      moves: {},
      open: () => Promise.resolve(this.#methods()),
    });
  }

  #methods(): DriverMethods {
    return {
      identity: () => Promise.resolve({ account: 'acc-1234' }),
      observe: (scope) => Promise.resolve(this.#region(scope)),
      links: {
        [LINK]: {
          links: {
            create: ({ name, subnetIds, securityGroupIds, owner, tags }) => {
              const id = `tl-${(this.#ids += 1)}`;
              this.links.set(id, {
                id,
                name,
                kind: LINK,
                state: 'pending',
                nativeState: 'Coming',
                networkId: 'vpc-1',
                subnetIds,
                securityGroupIds,
                tags: { ...tags, ...ownerTags(owner) },
                madeMs: this.clock.now(),
                raw,
              });
              return Promise.resolve({ id });
            },
            find: (by) =>
              Promise.resolve(
                this.#seen().find(({ id, owner }) =>
                  'id' in by
                    ? id === by.id
                    : owner?.project === by.owner.project && owner.integration === by.owner.integration,
                ),
              ),
            statuses: (ids) => Promise.resolve(this.#seen().filter(({ id }) => ids.includes(id))),
            rename: none,
            untag: none,
            tag: (id, tags) => Promise.resolve(void Object.assign(this.links.get(id)?.tags ?? {}, tags)),
            delete: (id) => Promise.resolve(void this.links.delete(id)),
          },
          targets: {
            resolve: (ref) => Promise.resolve(targetOf(ref)[0] as Target),
            create: none,
            find: none,
            update: none,
            delete: none,
          },
          allowlist: { prepare: none, read: none, allow: none, revoke: none, release: nothing },
          egress: (linkId) =>
            Promise.resolve({
              linkId,
              prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
              addresses: [],
              securityGroupIds: ['sg-1'],
              stability: 'momentary',
              seenBy: [],
            }),
        },
      },
      gateways: {
        [GATEWAY]: {
          create: ({ gatewayId, key, linkId, use, owner }) => {
            const route: Route = {
              id: `rte-${(this.#ids += 1)}`,
              gatewayId,
              key,
              linkId,
              targetId: use.target.id,
              path: use.path,
              open: false,
              owner,
              raw,
            };
            this.routes.set(key, route);
            return Promise.resolve(route);
          },
          find: (_, key) => Promise.resolve(this.routes.get(key)),
          update: none,
          delete: (_, key) => Promise.resolve(void this.routes.delete(key)),
          deploy: none,
        },
      },
      moves: {},
    };
  }
}

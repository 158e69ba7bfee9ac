import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, type Driver, type Snapshot, type Scope } from '@postern/core/internal/library';
import { encodeSnapshot, SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import type { Simulation } from '@postern/simulator';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { folder } from '../run-command.js';

/** All that a rehearsal needs of a region. */
const SCOPE: Scope = { all: true, checks: true, uses: true };

/** Writes the snapshot of a region into a new folder. @returns the folder; the file is `now.json` */
export async function snapshotOf(simulation: Simulation, driver: Driver): Promise<string> {
  const context = createContext({ clock: simulation.clock });
  const takenAt = new Date(simulation.clock.now()).toISOString();
  const snapshot: Snapshot = { version: SNAPSHOT_VERSION, takenAt, regions: [await driver.observe(SCOPE, context)] };
  const cwd = folder();
  writeFileSync(path.join(cwd, 'now.json'), encodeSnapshot(snapshot));
  return cwd;
}

/** How a shop differs from the usual one. */
export interface RehearsedShopOptions {
  /** The load balancer does not admit the link. */
  readonly broken?: boolean;
  /** There is another link in the same place. */
  readonly second?: boolean;
}

/** An HTTP API with a route that works, its snapshot, and specs that move its link. */
export async function rehearsedShop({ broken = false, second = false }: RehearsedShopOptions = {}) {
  const shop = await httpShop();
  await shop.run(0, shop.open);
  const { call, simulation } = shop;
  if (broken) {
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: shop.open }] }];
    call('ec2', 'RevokeSecurityGroupIngress', { GroupId: shop.open, IpPermissions });
  }
  if (second) {
    const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: shop.links()[0] });
    call('apigatewayv2', 'CreateVpcLink', { Name: 'second', SubnetIds, SecurityGroupIds: [shop.open] });
  }
  await simulation.advance(900_000);
  const driver = await shop.drivers({ provider: 'aws', region: 'eu-west-1' });
  const cwd = await snapshotOf(shop.simulation, driver);
  /** Writes the spec with the link in the subnets `first` and the next one, and in a security group. */
  const write = (first: number, group: string): void => {
    writeFileSync(path.join(cwd, 'postern.yaml'), shop.specText(first, group));
  };
  return { ...shop, cwd, write };
}

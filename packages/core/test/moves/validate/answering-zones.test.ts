import { expect, it } from 'vitest';
import { prepare } from '../../../src/do/world/prepare.js';
import { answeringZones } from '../../../src/moves/validate/answering-zones.js';
import { secondNetwork } from '../../check/checks/path/aws-rows.js';
import { awsWorld } from '../../check/checks/world.js';
import { CLOUDS } from '../../clouds.js';

it('the instances of services of two networks are in the zones of their own subnets', () => {
  const { snapshot, spec } = awsWorld((world) => {
    secondNetwork(world);
    const { region, integration, the } = world;
    the('subnets', 'subnet-far').zone = 'euw1-az3';
    const arn = (name: string): string => `arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-${name}`;
    const services = [
      ['near', 'vpc-1', '10.0.12.20'],
      ['far', 'vpc-2', '10.1.1.9'],
    ] as const;
    region.services = services.map(([name, networkId, address]) => ({
      id: arn(name),
      name,
      networkId,
      healthCheck: 'none',
      instances: [{ id: 'one', address, port: 8080 }],
      raw: null,
    }));
    for (const [name] of services)
      region.targets.push({ kind: 'service', id: arn(name), name, resourceType: 'cloud-map', raw: null });
    integration.targets = Object.fromEntries(services.map(([name]) => [name, { ref: { service: arn(name) } }]));
    integration.routes = {};
  });
  const [integration] = prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: false }).input.integrations;
  const zones = integration!.targets.map((target) => answeringZones(integration!, target));
  expect(zones).toMatchObject([{ value: { zones: ['euw1-az2'] } }, { value: { zones: ['euw1-az3'] } }]);
});

import { addressIn, addressed, api, authorize, authorized, backend, plugin, replaceBlock } from '../changes.js';
import { REFUSED, faults, type Fault } from '../fault.js';

export const blocks: readonly Fault[] = faults(
  { family: 'accessible blocks', facts: '5.3', found: ['migrate/accessible-blocks'], damage: REFUSED },
  [
    {
      id: 'block-missing',
      what: 'the block of the backends is not accessible',
      plant: (stage) => replaceBlock(stage, '10.10.20.0/24'),
    },
    {
      id: 'block-too-small',
      what: 'a smaller block is accessible, with one backend in it and another outside',
      plant: (stage) => {
        const {
          IpAddress: [address = ''],
        } = stage.call('Ecs', 'DescribeInstances', {
          InstanceIds: JSON.stringify([stage.parts.machine]),
        }).Instances.Instance[0].VpcAttributes.PrivateIpAddress;
        return replaceBlock(stage, '10.10.20.0/24', `${address}/32`);
      },
    },
    {
      id: 'block-ip',
      what: 'an authorization names an address outside of the accessible blocks',
      plant: async (stage) => {
        const address = await addressIn(stage);
        authorize(stage, 'plain', stage.parts.vpc, address, 8080);
        api(stage, '/plain', authorized('plain'), 'RELEASE');
      },
    },
    {
      id: 'block-routing',
      what: 'a routing plug-in calls a private address outside of the accessible blocks',
      plant: async (stage) => {
        plugin(
          stage,
          'routing',
          `routes:\n- backend: { type: HTTP, address: "http://${await addressIn(stage)}:80" }\n`,
          { stage: 'PRE' },
        );
      },
    },
    {
      id: 'block-remote-auth',
      what: 'a remote-auth plug-in calls a private address outside of the accessible blocks',
      plant: async (stage) => {
        plugin(
          stage,
          'remoteAuth',
          `{"authUriType":"HTTP","authUri":{"address":"http://${await addressIn(stage)}:80"}}`,
        );
      },
    },
    {
      id: 'block-jwt',
      what: 'a JWT plug-in fetches its keys from a private address outside of the accessible blocks',
      plant: async (stage) => {
        plugin(
          stage,
          'jwtAuth',
          `parameter: Authorization\nparameterLocation: header\njwksUri: http://${await addressIn(stage)}/keys\n`,
          { on: 'group' },
        );
      },
    },
    {
      id: 'block-draft',
      what: 'a draft calls a private address outside of the accessible blocks',
      plant: async (stage) => {
        api(stage, '/draft', addressed(`http://${await addressIn(stage)}:80`));
      },
    },
    {
      id: 'block-backend',
      what: 'a named backend calls a private address outside of the accessible blocks',
      plant: async (stage) => backend(stage, { PRE: { ServiceAddress: `http://${await addressIn(stage)}:80` } }, 'PRE'),
    },
  ],
);

import { authorized, authorizeForeign, backend, plugin, publish, redraft } from '../changes.js';
import { REFUSED, faults, type Fault } from '../fault.js';

export const vpc: readonly Fault[] = faults(
  { family: 'VPC', facts: '5.3', found: ['migrate/network'], damage: REFUSED },
  [
    {
      id: 'vpc-draft',
      what: 'a draft has a backend in another VPC; the published API does not',
      plant: (stage) => {
        authorizeForeign(stage);
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorized('foreign'));
      },
    },
    {
      id: 'vpc-published',
      what: 'the published API has a backend in another VPC; the draft no longer does',
      plant: (stage) => {
        authorizeForeign(stage);
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorized('foreign'));
        publish(stage, stage.parts.apis['/orders'], 'RELEASE');
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorized('orders'));
      },
    },
    {
      id: 'vpc-stage',
      what: 'one of three stages has a backend in another VPC',
      plant: (stage) => {
        authorizeForeign(stage);
        redraft(stage, stage.parts.apis['/stock'], '/stock', authorized('foreign'));
        publish(stage, stage.parts.apis['/stock'], 'TEST');
        redraft(stage, stage.parts.apis['/stock'], '/stock', authorized('stock'));
      },
    },
    {
      id: 'vpc-backend',
      what: 'a named backend is in another VPC on the stage on which an API uses it',
      plant: (stage) => {
        authorizeForeign(stage);
        backend(stage, { RELEASE: { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } } }, 'RELEASE');
      },
    },
    {
      id: 'vpc-backend-draft',
      what: 'a named backend is in another VPC on a stage on which nothing is published',
      plant: (stage) => {
        authorizeForeign(stage);
        backend(
          stage,
          {
            RELEASE: { VpcConfig: { Name: 'orders', VpcScheme: 'http' } },
            PRE: { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } },
          },
          'RELEASE',
        );
      },
    },
    {
      id: 'vpc-routing-yaml',
      what: 'a routing plug-in in YAML names an authorization of another VPC',
      plant: (stage) => {
        authorizeForeign(stage);
        plugin(stage, 'routing', 'routes:\n- name: far\n  backend: { type: HTTP-VPC, vpcAccessName: foreign }\n');
      },
    },
    {
      id: 'vpc-routing-json',
      what: 'a routing plug-in in JSON names an authorization of another VPC',
      plant: (stage) => {
        authorizeForeign(stage);
        plugin(stage, 'routing', '{"routes":[{"name":"far","backend":{"type":"HTTP_VPC","vpcAccessName":"foreign"}}]}');
      },
    },
    {
      id: 'vpc-remote-auth',
      what: 'a remote-auth plug-in of the whole group calls a server in another VPC',
      plant: (stage) => {
        authorizeForeign(stage);
        plugin(stage, 'remoteAuth', 'authUriType: HTTP-VPC\nauthUri:\n  vpcAccessName: foreign\n', { on: 'group' });
      },
    },
  ],
);

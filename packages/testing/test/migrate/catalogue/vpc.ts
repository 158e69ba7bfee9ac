import { authorised, authoriseForeign, backend, plugin, publish, redraft } from '../changes.js';
import { REFUSED, faults, type Fault } from '../fault.js';

export const vpc: readonly Fault[] = faults(
  { family: 'VPC', facts: '5.3', found: ['migrate/network'], damage: REFUSED },
  [
    {
      id: 'vpc-draft',
      what: 'a draft leads to another VPC; what is published does not',
      plant: (stage) => {
        authoriseForeign(stage);
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('foreign'));
      },
    },
    {
      id: 'vpc-published',
      what: 'what is published leads to another VPC; the draft does not any more',
      plant: (stage) => {
        authoriseForeign(stage);
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('foreign'));
        publish(stage, stage.parts.apis['/orders'], 'RELEASE');
        redraft(stage, stage.parts.apis['/orders'], '/orders', authorised('orders'));
      },
    },
    {
      id: 'vpc-stage',
      what: 'one of three stages leads to another VPC',
      plant: (stage) => {
        authoriseForeign(stage);
        redraft(stage, stage.parts.apis['/stock'], '/stock', authorised('foreign'));
        publish(stage, stage.parts.apis['/stock'], 'TEST');
        redraft(stage, stage.parts.apis['/stock'], '/stock', authorised('stock'));
      },
    },
    {
      id: 'vpc-backend',
      what: 'a named backend leads to another VPC on the stage on which an API uses it',
      plant: (stage) => {
        authoriseForeign(stage);
        backend(stage, { RELEASE: { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } } }, 'RELEASE');
      },
    },
    {
      id: 'vpc-backend-draft',
      what: 'a named backend leads to another VPC on a stage on which nothing is published yet',
      plant: (stage) => {
        authoriseForeign(stage);
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
      what: 'a routing plug-in in YAML names an authorisation of another VPC',
      plant: (stage) => {
        authoriseForeign(stage);
        plugin(stage, 'routing', 'routes:\n- name: far\n  backend: { type: HTTP-VPC, vpcAccessName: foreign }\n');
      },
    },
    {
      id: 'vpc-routing-json',
      what: 'a routing plug-in in JSON names an authorisation of another VPC',
      plant: (stage) => {
        authoriseForeign(stage);
        plugin(stage, 'routing', '{"routes":[{"name":"far","backend":{"type":"HTTP_VPC","vpcAccessName":"foreign"}}]}');
      },
    },
    {
      id: 'vpc-remote-auth',
      what: 'a remote-auth plug-in of the whole group asks a server in another VPC',
      plant: (stage) => {
        authoriseForeign(stage);
        plugin(stage, 'remoteAuth', 'authUriType: HTTP-VPC\nauthUri:\n  vpcAccessName: foreign\n', { on: 'group' });
      },
    },
  ],
);

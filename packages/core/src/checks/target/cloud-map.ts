import type { Check } from '../../findings/check.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';
import { counted } from '../../text/counted.js';

/** `target/cloud-map`. */
export const targetCloudMap: Check = {
  id: 'target/cloud-map',
  title: 'Each instance of the Cloud Map service has an address and a port',
  severity: 'error',
  about:
    'API Gateway asks Cloud Map for instances and calls the address and port that stand in their attributes. An instance without a port (as ' +
    'ECS registers them with A records instead of SRV) cannot be called; without any instance every call is answered with 500: "No target ' +
    'endpoints found for integration". Where the target asks for attributes (`?stage=blue` behind the ARN), only instances that have them ' +
    'are called.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://github.com/aws-samples/aws-apigw-http-api-private--integrations/issues/2',
  ],
  *run(input) {
    for (const { about, id, name, found, missing, instances, registered, query, unasked } of serviceTargets(input)) {
      if (found.is === 'unknown') yield unsure(about, `the instances of ${name} can be called`, found.missing);
      if (found.is === 'absent') {
        yield fails(about, {
          message: `there is no Cloud Map service ${id}`,
          evidence: [{ kind: 'Cloud Map service', id, text: 'does not exist' }],
          remedy: `Write a service that exists as the ${about.subject}.`,
        });
      }
      if (found.is !== 'found') continue;
      if (instances === undefined) {
        yield unsure(
          about,
          `the instances of ${name} have an address and a port`,
          missing ?? unasked ?? instancesMissing(name),
        );
        continue;
      }
      // Discovery does not hand out what is not healthy.
      const bad = instances.filter(
        (one) => one.healthy !== false && ((one.address ?? one.ipv6Address) === undefined || one.port === undefined),
      );
      const evidence = (bad.length > 0 ? bad : instances).slice(0, 10).map(instanceEvidence);
      if (instances.length === 0 && registered > 0 && query !== undefined) {
        yield fails(about, {
          message: `no instance of ${name} has ${query}: every call is answered with 500`,
          evidence: [{ kind: 'Cloud Map service', id, text: `${counted(registered, 'instance')}, none with ${query}` }],
          remedy: `Register an instance with ${query} in ${name}, or ask for attributes that one has.`,
        });
      } else if (instances.length === 0) {
        yield fails(about, {
          message: `${name} has no instance: every call is answered with 500`,
          evidence: [{ kind: 'Cloud Map service', id, text: 'no instances' }],
          remedy: `Register an instance with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT in ${name}.`,
        });
      } else if (bad.length > 0) {
        yield fails(about, {
          message: `${bad.length} of ${counted(instances.length, 'instance')} of ${name} ${bad.length === 1 ? 'has' : 'have'} no ${bad.some(({ port }) => port === undefined) ? 'port' : 'address'} and cannot be called: ${bad
            .slice(0, 5)
            .map(({ id }) => id)
            .join(', ')}`,
          evidence,
          remedy: `Register them with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT; an ECS service does it with SRV records.`,
        });
      } else {
        yield holds(input, about, () => ({ message: `each instance of ${name} has an address and a port`, evidence }));
      }
    }
  },
};

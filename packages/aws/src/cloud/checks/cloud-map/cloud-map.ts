import { counted, defineCheck } from '@postern/core/checks';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';

/** `target/cloud-map`. */
export const targetCloudMap = defineCheck({
  id: 'target/cloud-map',
  severity: 'error',
  title: 'Each instance of the Cloud Map service has an address and a port',
  about:
    'API Gateway gets the instances of a service from Cloud Map and calls the address and port in their attributes. ' +
    'An instance without a port cannot be called; ECS registers such instances with A records instead of SRV records. ' +
    'If the service has no instance, every call returns 500: "No target endpoints found for integration". ' +
    'If the target requests attributes (`?stage=blue` after the ARN), only instances that have them are called. ' +
    'If an ECS service registers the instances, the finding says why there is none; while its tasks start, the result is unknown.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://github.com/aws-samples/aws-apigw-http-api-private--integrations/issues/2',
  ],
  codes: [
    'SERVICE_NOT_READ',
    'SERVICE_ABSENT',
    'INSTANCES_NOT_READ',
    'NONE_ASKED_FOR',
    'NO_INSTANCE',
    'INSTANCES_INCOMPLETE',
    'INSTANCES_COMPLETE',
  ],
  *run(input, say) {
    for (const { about, id, name, found, missing, instances, registered, ...one } of serviceTargets(input)) {
      const { query, unasked, why, starting } = one;
      if (found.is === 'unknown')
        yield say.unknown(
          about,
          'SERVICE_NOT_READ',
          { name },
          found.missing,
          (p) => `the instances of ${p.name} can be called`,
        );
      if (found.is === 'absent') {
        yield say.fail(about, 'SERVICE_ABSENT', { id, subject: about.subject }, (p) => ({
          message: `Cloud Map service ${p.id} does not exist`,
          remedy: `Write an existing service as the ${p.subject}.`,
          evidence: [{ kind: 'Cloud Map service', id, text: 'does not exist' }],
        }));
      }
      if (found.is !== 'found') continue;
      if (instances === undefined || starting !== undefined) {
        yield say.unknown(
          about,
          'INSTANCES_NOT_READ',
          { name },
          starting ?? missing ?? unasked ?? instancesMissing(name),
          (p) => `the instances of ${p.name} have an address and a port`,
        );
        continue;
      }
      // Discovery does not return unhealthy instances.
      const bad = instances.filter(
        (one) => one.healthy !== false && ((one.address ?? one.ipv6Address) === undefined || one.port === undefined),
      );
      const evidence = (bad.length > 0 ? bad : instances).slice(0, 10).map(instanceEvidence);
      if (instances.length === 0 && registered > 0 && query !== undefined) {
        yield say.fail(about, 'NONE_ASKED_FOR', { name, query }, (p) => ({
          message: `no instance of ${p.name} has the attributes ${p.query}: every call returns 500`,
          remedy: `Register an instance with ${p.query} in ${p.name}, or request attributes that an instance of it has.`,
          evidence: [{ kind: 'Cloud Map service', id, text: `${counted(registered, 'instance')}, none with ${query}` }],
        }));
      } else if (instances.length === 0) {
        yield say.fail(about, 'NO_INSTANCE', { name, registrar: why?.registrar }, (p) => ({
          message: `${p.name} has no instance: every call returns 500${why === undefined ? '' : `; ${why.because}`}`,
          remedy: why?.remedy ?? `Register an instance with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT in ${p.name}.`,
          evidence: [{ kind: 'Cloud Map service', id, text: 'no instances' }],
        }));
      } else if (bad.length > 0) {
        yield say.fail(
          about,
          'INSTANCES_INCOMPLETE',
          {
            badCount: bad.length,
            instancesCount: instances.length,
            name,
            lacksPort: bad.some(({ port }) => port === undefined),
            bad: bad.slice(0, 5).map(({ id }) => id),
          },
          (p) => ({
            message: `${p.badCount} of ${counted(p.instancesCount, 'instance')} of ${p.name} ${p.badCount === 1 ? 'has' : 'have'} no ${p.lacksPort ? 'port' : 'address'} and cannot be called: ${p.bad.join(', ')}`,
            remedy: `Register these instances with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT. An ECS service sets both if it uses SRV records.`,
            evidence,
          }),
        );
      } else {
        yield say.pass(
          about,
          'INSTANCES_COMPLETE',
          () => ({ name }),
          (p) => ({ message: `each instance of ${p.name} has an address and a port`, evidence }),
        );
      }
    }
  },
});

import { counted, defineCheck, fail, pass, unknown } from '@postern/core/internal/checks';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';
import type { Evidence } from '@postern/core/internal/check';

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
  codes: {
    SERVICE_NOT_READ: unknown('the instances of {name} can be called'),
    SERVICE_ABSENT: fail('Cloud Map service {id} does not exist', 'Write an existing service as the {subject}.'),
    INSTANCES_NOT_READ: unknown('the instances of {name} have an address and a port'),
    NONE_ASKED_FOR: fail(
      'no instance of {name} has the attributes {query}: every call returns 500',
      'Register an instance with {query} in {name}, or request attributes that an instance of it has.',
    ),
    NO_INSTANCE: fail('{name} has no instance: every call returns 500[; {because}]', '{remedy}'),
    INSTANCES_INCOMPLETE: fail(
      '{badCount} of {instancesCount} {instancesCount?instance:instances} of {name} {badCount?has:have} no {lacksPort?port:address} and cannot be called: {bad}',
      'Register these instances with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT. An ECS service sets both if it uses SRV records.',
    ),
    INSTANCES_COMPLETE: pass('each instance of {name} has an address and a port'),
  },
  *run(input, say) {
    for (const { about, id, name, found, missing, instances, registered, ...one } of serviceTargets(input)) {
      const { query, unasked, why, starting } = one;
      if (found.is === 'unknown') yield say.SERVICE_NOT_READ(about, { name }, found.missing);
      if (found.is === 'absent') {
        const evidence = [{ kind: 'Cloud Map service', id, text: 'does not exist' }];
        yield say.SERVICE_ABSENT(about, { id, subject: about.subject }, evidence);
      }
      if (found.is !== 'found') continue;
      if (instances === undefined || starting !== undefined) {
        yield say.INSTANCES_NOT_READ(about, { name }, starting ?? missing ?? unasked ?? instancesMissing(name));
        continue;
      }

      // Discovery does not return unhealthy instances.
      const bad = instances.filter(
        (one) => one.healthy !== false && ((one.address ?? one.ipv6Address) === undefined || one.port === undefined),
      );
      const evidence = (bad.length > 0 ? bad : instances).slice(0, 10).map(instanceEvidence);
      if (instances.length === 0 && registered > 0 && query !== undefined) {
        const text = `${counted(registered, 'instance')}, none with ${query}`;
        yield say.NONE_ASKED_FOR(about, { name, query }, [{ kind: 'Cloud Map service', id, text }]);
      } else if (instances.length === 0) {
        const register = `Register an instance with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT in ${name}.`;
        yield say.NO_INSTANCE(
          about,
          { name, registrar: why?.registrar },
          {
            evidence: [{ kind: 'Cloud Map service', id, text: 'no instances' }],
            words: { because: why?.because, remedy: why?.remedy ?? register },
          },
        );
      } else if (bad.length > 0) {
        yield say.INSTANCES_INCOMPLETE(
          about,
          {
            badCount: bad.length,
            instancesCount: instances.length,
            name,
            lacksPort: bad.some(({ port }) => port === undefined),
            bad: bad.slice(0, 5).map(({ id }) => id),
          },
          evidence,
        );
      } else yield say.INSTANCES_COMPLETE(about, { name }, evidence);
    }
  },
});

export const targetCloudMapHealth = defineCheck({
  id: 'target/cloud-map-health',
  severity: 'error',
  title: 'The Cloud Map service has a health check and a healthy instance',
  about:
    'Calls are distributed over the healthy instances of a Cloud Map service. Without a health check, an instance that has failed continues to receive calls until it is deregistered; this is a warning. If no instance is healthy, every call fails.',
  sources: ['https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html'],
  codes: {
    NO_HEALTH_CHECK: fail(
      '{name} has no health check: an instance that has failed continues to receive calls',
      'Create {name} again with a health check (a custom one in private namespaces): it can only be set when a service is created.',
      'warning',
    ),
    HEALTH_NOT_READ: unknown('an instance of {name} is healthy'),
    NONE_HEALTHY: fail(
      'no instance of {name} is healthy',
      'Make an instance of {name} pass its health check, or register one that passes it.',
    ),
    HEALTHY: pass('healthy instances of {name}: {healthy} of {instancesCount}'),
  },
  *run(input, say) {
    for (const { about, id, name, found, missing, instances, unasked } of serviceTargets(input)) {
      if (found.is !== 'found') continue;

      const { healthCheck } = found.value;
      const own: Evidence = { kind: 'Cloud Map service', id, text: `health check: ${healthCheck}` };
      const evidence = [own, ...(instances ?? []).slice(0, 10).map(instanceEvidence)];
      const unhealthy = (instances ?? []).filter(({ healthy }) => healthy === false);
      if (healthCheck === 'none') yield say.NO_HEALTH_CHECK(about, { name }, evidence);
      else if (instances === undefined || healthCheck === 'unknown')
        yield say.HEALTH_NOT_READ(about, { name }, missing ?? unasked ?? instancesMissing(name), evidence);
      else if (instances.length > 0 && unhealthy.length === instances.length)
        yield say.NONE_HEALTHY(about, { name }, evidence);
      else if (instances.some(({ healthy }) => healthy === true)) {
        const counts = { healthy: instances.length - unhealthy.length, instancesCount: instances.length };
        yield say.HEALTHY(about, { name, ...counts }, evidence);
      } else if (instances.length > 0)
        yield say.HEALTH_NOT_READ(about, { name }, missing ?? instancesMissing(name), evidence);
    }
  },
});

import { aboutTarget, balancerEvidence, classicTargets, defineCheck, fail, pass, unknown } from '@postern/core/checks';

/** `target/intranet`. */
export const targetIntranet = defineCheck({
  id: 'target/intranet',
  severity: 'error',
  title: 'The CLB instance is internal',
  about:
    'An authorization can refer only to ECS instances and internal CLB instances. An internet-facing CLB instance has no address in ' +
    'the VPC, and calls to it fail. (An internet-facing load balancer of AWS can be called: see `target/exposed`.)',
  sources: ['https://www.alibabacloud.com/help/doc-detail/179362.htm'],
  codes: {
    INTERNAL: pass('{balancer} is an internal CLB instance'),
    SCHEME_NOT_READ: unknown('{balancer} is an internal CLB instance'),
    PUBLIC: fail(
      '{balancer} is internet-facing and has no address in the VPC',
      'Write an internal CLB instance of {networkId|the VPC} as the target {target}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, balancer } of classicTargets(input)) {
      const about = aboutTarget(integration, target);
      const evidence = [balancerEvidence(balancer)];
      if (balancer.scheme === 'internal') {
        yield say.INTERNAL(about, { balancer: balancer.id }, evidence);
      } else if (balancer.scheme === undefined) {
        const what = `the address type of ${balancer.id}`;
        const remedy = `Check the address type of ${balancer.id}.`;
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? { what, remedy };
        yield say.SCHEME_NOT_READ(about, { balancer: balancer.id }, missing, evidence);
      } else {
        yield say.PUBLIC(
          about,
          { balancer: balancer.id, networkId: integration.link.networkId, target: target.name },
          evidence,
        );
      }
    }
  },
});

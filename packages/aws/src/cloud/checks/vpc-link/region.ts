import { aboutTarget, defineCheck, fail } from '@postern/core/checks';
import { ARN_CODES, arnTargets, rightPlace } from './arn-targets.js';

/** `target/region`. */
export const targetRegion = defineCheck({
  id: 'target/region',
  severity: 'error',
  title: 'The target is in the region of the link',
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) are in one region and one partition.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: {
    ...ARN_CODES,
    OTHER_REGION: fail(
      'the target is in {region}, and link {link} is in {linkRegion}',
      'Use a load balancer in {linkRegion}, or a link and an API in {region}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region } = integration.link.region.region;
      if (arn.region === region) yield rightPlace(say, input, integration, target, text, `the target is in ${region}`);
      else {
        const params = { region: arn.region, link: integration.link.name, linkRegion: region };
        const evidence = [{ kind: 'target', id: text, text: `region ${arn.region}` }];
        yield say.OTHER_REGION(aboutTarget(integration, target), params, evidence);
      }
    }
  },
});

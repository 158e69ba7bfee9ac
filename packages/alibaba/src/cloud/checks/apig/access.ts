import type { Link } from '@postern/core';
import { aboutLink, defineCheck, kindTraitsOf, linkEvidence, fail, pass, unknown } from '@postern/core/checks';

/** The entrances that each value of `access` means. */
const ENTRANCES: Readonly<Record<string, readonly string[]>> = {
  internet: ['the internet'],
  intranet: ['its VPC'],
  both: ['the internet', 'its VPC'],
};

/** `link/access`. */
export const linkAccess = defineCheck({
  id: 'link/access',
  severity: 'error',
  title: 'A gateway has the entrances that its callers need',
  about:
    'A gateway of Cloud-native API Gateway takes calls from the internet, from its VPC, or from both, by a load balancer for each. ' +
    'They are chosen with the purchase and cannot be changed. `access` of a link declares from where callers come: an entrance that ' +
    'is missing is an error, and one that is not declared is a warning. The entrances are read from the load balancers of the gateway [I]. ' +
    'A link without `access` has no verdict.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/user-guide/create-gateway',
    'https://help.aliyun.com/zh/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-creategateway',
  ],
  codes: {
    ACCESS_NOT_READ: unknown('{linkId} takes calls from {join}'),
    ACCESS_FITS: pass('{linkId} takes calls from {wanted:and}'),
    ACCESS_LACKING: fail(
      '{linkId} takes no calls from {lacking:and}: its entrances are for {there:and}',
      'Declare another link with `access: {access}`, and move the integrations of link {name} to it: the entrances of a gateway cannot be changed.',
    ),
    ACCESS_WIDER: fail(
      '{linkId} takes calls from {wider:and} as well, which links.{name}.access does not declare',
      'Write the callers that there are as links.{name}.access, or move to a gateway without that entrance.',
      'warning',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { link, name } = view;
      if (link === undefined || !kindTraitsOf(view).settings.includes('access')) continue;
      const asked = view.spec.native?.['access'];
      const wanted = typeof asked === 'string' ? ENTRANCES[asked] : undefined;
      if (wanted === undefined) continue;
      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      const there = entrancesOf(link);
      const facts = { linkId: link.id, name, access: String(asked) };
      if (there === undefined) {
        const missing = {
          what: `the load balancers of ${link.id}`,
          remedy: `Wait until ${link.id} is Running, and take the snapshot again.`,
        };
        yield say.ACCESS_NOT_READ(about, facts, missing, { evidence, words: { join: wanted.join(' and ') } });
        continue;
      }
      const lacking = wanted.filter((one) => !there.includes(one));
      const wider = there.filter((one) => !wanted.includes(one));
      if (lacking.length > 0) {
        yield say.ACCESS_LACKING(about, { ...facts, lacking, there }, evidence);
      } else if (wider.length > 0) {
        yield say.ACCESS_WIDER(about, { ...facts, wider }, evidence);
      } else {
        yield say.ACCESS_FITS(about, { ...facts, wanted }, evidence);
      }
    }
  },
});

/** Undefined: not read. */
function entrancesOf({ settings }: Link): readonly string[] | undefined {
  const from = settings?.callersFrom;
  return from === undefined ? undefined : ENTRANCES[from === 'network' ? 'intranet' : from];
}

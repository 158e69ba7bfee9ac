import {
  aboutLink,
  counted,
  declaredTags,
  defineCheck,
  INTEGRATION_TAG,
  OWNER_TAG,
  PROJECT_TAG,
  SPEC_TAG,
  unseen,
  fail,
  pass,
  unknown,
  linkEvidence,
  linkMending,
} from '@postern/core/internal/checks';

const MARKS: readonly string[] = [PROJECT_TAG, OWNER_TAG, INTEGRATION_TAG, SPEC_TAG];

export const linkTags = defineCheck({
  id: 'link/tags',
  severity: 'error',
  title: 'The link has no more tags than AWS allows',
  about:
    'An AWS resource has at most 50 tags. The tags of a link are those that the spec declares and four tags that mark its owner. Protection adds one more. Tags that others added to an existing link count as well; tags of AWS itself (`aws:`) do not. CreateVpcLink and TagResource refuse more.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html'],
  codes: {
    TOO_MANY_TAGS: fail(
      'link {link} would have {fewest}, and a resource has at most {limit}: AWS would refuse to write them',
      'Declare {excess} fewer under links.{link}.tags (tags under defaults.tags count as well).',
    ),
    LINK_NOT_READ: unknown('link {link} has more tags than AWS allows'),
    WITHIN_LIMIT: pass('link {link} has {count}'),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { name, spec } = view;
      const link = view.link ?? view.likely;
      const quota = view.traits.quotas?.tags;
      if (quota === undefined || spec.owner === 'external') continue;

      const { byDefault: limit, name: id, what } = quota;
      const about = aboutLink(view);
      const declared = Object.keys(declaredTags(view));
      const made = [...declared, ...MARKS];
      const count = countOf([...made, ...Object.keys(link?.tags ?? {})]);
      const evidence = [
        { kind: 'quota', id, text: `${count} of ${limit} ${what}, ${declared.length} of them declared` },
      ];
      // A new link as replacement of one that may be kept would have no more tags, and possibly fewer.
      const fewest = view.likely === undefined ? count : countOf(made);
      const unread = link === undefined || count > limit ? unseen(view) : undefined;
      if (fewest > limit) {
        yield say.TOO_MANY_TAGS(
          about,
          { link: name, fewest, limit, excess: fewest - limit },
          { evidence, words: { fewest: counted(fewest, 'tag') } },
        );
      } else if (unread !== undefined) {
        yield say.LINK_NOT_READ(about, { link: name }, unread, evidence);
      } else
        yield say.WITHIN_LIMIT(about, { link: name, count }, { evidence, words: { count: counted(count, 'tag') } });
    }
  },
});

/** Tags of AWS itself do not count. */
function countOf(keys: readonly string[]): number {
  return [...new Set(keys)].filter((key) => !/^aws:/i.test(key)).length;
}

export const linkInactive = defineCheck({
  id: 'link/inactive',
  severity: 'error',
  title: 'The link is not INACTIVE',
  about:
    'A VPC link V2 that carries no call for sixty days becomes INACTIVE: API Gateway deletes its network interfaces, and calls fail. ' +
    'The next calls make API Gateway create the interfaces again, which takes minutes and needs free addresses. Afterwards the link ' +
    'calls from other addresses. One call a day prevents this. Backends should allow the subnets or the security group of the link, ' +
    'never single addresses.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: {
    LINK_NOT_READ: unknown('link {link} is INACTIVE'),
    ACTIVE: pass('link {link} ({linkId}) is not INACTIVE'),
    INACTIVE: fail(
      'link {link} ({linkId}) is INACTIVE: it carried no call for sixty days, its network interfaces are deleted, and calls fail',
      'Call one of its routes until {linkId} is AVAILABLE, which takes minutes; create a route for it if it has none. Call one every day from then on. Its addresses will change.',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { link } = view;
      if (view.traits.fallsInactive !== true) continue;

      const unread = unseen(view);
      if (unread !== undefined) yield say.LINK_NOT_READ(aboutLink(view), { link: view.name }, unread);
      if (link === undefined) continue;
      if (link.state !== 'ready' && link.state !== 'inactive') continue;

      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield say.ACTIVE(aboutLink(view), { link: view.name, linkId: link.id }, evidence);
        continue;
      }

      const mendedBy = linkMending(view, input.now);
      yield say.INACTIVE(aboutLink(view), { link: view.name, linkId: link.id }, { evidence, mendedBy });
    }
  },
});

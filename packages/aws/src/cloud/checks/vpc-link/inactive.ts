import {
  aboutLink,
  defineCheck,
  kindTraitsOf,
  linkEvidence,
  linkMending,
  unseen,
  fail,
  pass,
  unknown,
} from '@postern/core/checks';

/** `link/inactive`. */
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
      if (kindTraitsOf(view).fallsInactive !== true) continue;
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

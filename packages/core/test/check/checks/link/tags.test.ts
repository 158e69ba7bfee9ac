import { named } from '../all-checks.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

const linkTags = named('link/tags');

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'v']));
checkTable(linkTags, {
  few: [aws(), 'pass WITHIN_LIMIT'],
  'with the four tags of the mark, one too many': [
    aws(declared(['subnet-a']), { 'linkSpec.tags': tags(47) }),
    'error TOO_MANY_TAGS',
    { says: '51 tags', evidence: 'tags-per-resource', remedy: ['Declare 1 fewer', 'links.eu.tags'] },
  ],
  'as many as the quota': [aws(declared(['subnet-a']), { 'linkSpec.tags': tags(46) }), 'pass WITHIN_LIMIT'],
  'protection adds one more': [
    aws(declared(['subnet-a']), { linkSpec: { tags: tags(46), protect: true } }),
    'error TOO_MANY_TAGS',
  ],
  'it has unmanaged tags; tags of AWS are not counted': [
    aws({
      'links.vlink-1.tags': { ...tags(40), 'aws:cloudformation:stack-name': 'x' },
      'linkSpec.tags': { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '7' },
    }),
    'error TOO_MANY_TAGS',
    '51 tags',
  ],
  'its tags could not be read': [
    aws(withhold('links', 'apigateway:GET')),
    'unknown LINK_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
  'an instance has other quotas': [alibaba(), 'nothing'],
});

import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

const linkTags = named('link/tags');

describe('link/tags', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'v']));
  checkTable(linkTags, [
    { why: 'few', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'with the three tags of the mark, one too many',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(48) });
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['51 tags'],
      evidence: ['tags-per-resource'],
      remedy: ['Declare 1 fewer', 'links.eu.tags'],
    },
    {
      why: 'as many as the quota',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(47) });
        }),
      verdict: 'pass',
    },
    {
      why: 'protection adds one more',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(47), protect: true });
        }),
      verdict: 'fail',
    },
    {
      why: 'it has unmanaged tags; tags of AWS are not counted',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          the('links', 'vlink-1').tags = { ...tags(40), 'aws:cloudformation:stack-name': 'x' };
          Object.assign(linkSpec, { tags: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '7', h: '8' } });
        }),
      verdict: 'fail',
      says: ['51 tags'],
    },
    {
      why: 'its tags could not be read',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'an instance has other quotas', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

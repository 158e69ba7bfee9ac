import { expect, it } from 'vitest';
import { hclBlock, HclBlocks, HclExpression, hclName, hclText } from '../../../src/ground/text/hcl.js';

// Terraform 1.11.4 reads each of them back as it was.
it.each([
  ['a "quote" and \\', String.raw`"a \"quote\" and \\"`],
  ['${x}', '"$${x}"'],
  ['$${x}', '"$$${x}"'],
  ['%{y} 50% $5', '"%%{y} 50% $5"'],
  ['a\nb\tc\r', String.raw`"a\nb\tc\r"`],
  ['\b\f\\b\u0001\u007f\u2028', String.raw`"\u0008\u000c\\b\u0001\u007f\u2028"`],
  ['grün', '"grün"'],
])('hclText: writes %j', (text, written) => expect(hclText(text)).toBe(written));

it.each([
  ['GET /orders/{id}', 'GET_orders_id'],
  ['9lives', '_9lives'],
  ['$default', 'default'],
  ['/', '_'],
])('a resource for %j is named %j', (text, name) => expect(hclName(text)).toBe(name));

it('aligns arguments of one line, and begins anew after those of several', () => {
  const body = {
    a: 1,
    long_name: new HclExpression('aws_lb.shop.arn'),
    none: undefined,
    map: { 'x y': 'v', z: true },
    b: ['x'.repeat(60), 'y'.repeat(60)],
    c: false,
    inner: new HclBlocks([{}, { d: 'e' }]),
  };
  expect(hclBlock('resource', ['t', 'n'], body)).toBe(`resource "t" "n" {
  a         = 1
  long_name = aws_lb.shop.arn
  map = {
    "x y" = "v"
    z     = true
  }
  b = [
    "${'x'.repeat(60)}",
    "${'y'.repeat(60)}",
  ]
  c = false
  inner {
  }
  inner {
    d = "e"
  }
}`);
});

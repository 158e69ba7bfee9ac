import { Fuel } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { templateSyntax } from '../../src/terraform/hcl/expressions.js';
import { optionalAttributes } from '../../src/terraform/read-sources.js';

it('reads what an object has in place of optional attributes that it lacks', () => {
  const found = optionalAttributes(
    templateSyntax(
      `\${map(object({
    name     = string
    port     = optional(number)
    protocol = optional(string, "tcp") # ignored: (see below
    tags     = optional(map(string), {})
    ports    = optional(list(object({ from = number, note = optional(string, "a, b)") })), [])
    zone     = optional(string, local.zone)
    rate     = optional(number, 3)
    inner    = optional(object({ rate = optional(number, 4) }))
  }))}`,
      new Fuel({ of: 'the configuration', remedy: '' }),
    ),
  );
  expect(Object.fromEntries(found)).toEqual({
    port: null,
    protocol: 'tcp',
    tags: {},
    ports: [],
    note: 'a, b)',
    inner: null,
  });
});

import { describe, it, expect } from 'vitest';
import { callersText } from '../../../../src/check/checks/egress/clauses.js';

describe('callers are named by port', () => {
  const callers = [
    { port: 80, names: ['sg-1', 'sg-1'] },
    { port: 9000, names: ['sg-3'] },
    { port: 80, names: ['sg-2', 'sg-1'] },
  ];

  it('each name once', () => {
    expect(callersText({ port: 80, names: ['sg-1'] }, callers)).toBe(
      'tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3',
    );
  });

  it('that of the finding first', () => {
    expect(callersText(callers[1] as (typeof callers)[0], callers)).toBe(
      'tcp 9000 from sg-3, and tcp 80 from sg-1 and sg-2',
    );
  });

  it.each([
    [12, /tcp 12 from sg-12$/],
    [13, /tcp 12 from sg-12, and 1 more port of declared callers \(the JSON report lists all\)$/],
    [40, /tcp 12 from sg-12, and 28 more ports of declared callers/],
  ])('of %i ports at most twelve', (count, end) => {
    const many = Array.from({ length: count }, (_, at) => ({ port: at + 1, names: [`sg-${at + 1}`] }));
    expect(callersText(many[0] as (typeof many)[0], many)).toMatch(end);
  });
});

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/do/findings/finding.js';
import { withLiveRemedy } from '../../../src/check/checks/live-remedy.js';

describe('remedies of a check that takes its own snapshot', () => {
  it('a remedy advises to take a snapshot again only where one was read', () => {
    const finding = (remedy: string): Finding => ({
      check: 'a/b',
      code: 'UNKNOWN',
      about: [],
      params: {},
      verdict: 'unknown',
      severity: 'error',
      integration: null,
      subject: 'link eu',
      message: 'm',
      evidence: [],
      remedy,
    });
    const live = (remedy: string) => withLiveRemedy(finding(remedy)).remedy;
    expect(live('Allow a:B for these credentials, then take the snapshot again.')).toBe(
      'Allow a:B for these credentials, then run the check again.',
    );
    expect(
      live('Take the snapshot again with `postern snapshot` or `postern check`: both read what the checks need.'),
    ).toBe('Run the check again.');
    expect(live('Take the snapshot again with credentials that may read subnets.')).toBe(
      'Run the check again with credentials that may read subnets.',
    );
    expect(live('Run the check again, with a new snapshot where it reads one: A returned X.')).toBe(
      'Run the check again: A returned X.',
    );
  });
});

import { describeConformance } from '@postern/testing/conformance';
import { runs } from '../../../core/test/runs.js';
import { setUp } from '../world/conformance-setup.js';

// In `npm test` one check in so many.
describeConformance('alibaba', (family) => setUp({ family }), { every: runs(7, 1), mostSkipped: 7 });

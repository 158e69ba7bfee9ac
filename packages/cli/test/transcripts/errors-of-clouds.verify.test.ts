import { playStories } from './play-stories.js';

playStories('errors', ['cloud.txt']);

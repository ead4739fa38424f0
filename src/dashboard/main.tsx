import '@fontsource-variable/inter';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { ensureLanguage } from './app/language.ts';
import { applyTheme, storedTheme } from './components/theme.ts';

ensureLanguage();
applyTheme(storedTheme());
const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

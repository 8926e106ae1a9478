/// The files of the page. They come from the program: the page asks nothing of any other machine.
enum Assets {
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f5d50"/>\
        <path d="M9 23V9h7.5a4.5 4.5 0 0 1 1 8.9L23 23" fill="none" stroke="#f4f1e8" stroke-width="3" \
        stroke-linecap="round" stroke-linejoin="round"/></svg>
        """

    static let style = """
        :root {
          color-scheme: light dark;
          --paper: #faf8f3; --ink: #22251f; --faint: #63665c; --line: #ddd8ca; --card: #ffffff;
          --accent: #2f5d50; --accent-ink: #ffffff; --mark: #ffe9a3; --mark-ink: #22251f; --quoted: #dff0e6;
          --alert: #8c2f1b;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171916; --ink: #e8e6de; --faint: #a3a698; --line: #363a33; --card: #1f221e;
            --accent: #7fc2ab; --accent-ink: #10201a; --mark: #5c4f16; --mark-ink: #fff6d6; --quoted: #22392f;
            --alert: #f0a08c;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0 auto; max-width: 46rem; padding: 0 1rem 3rem; background: var(--paper); color: var(--ink);
          font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", Georgia, "DejaVu Serif", serif;
          overflow-wrap: anywhere;
        }
        h1 { font-size: 1.25rem; margin: 1.5rem 0 .75rem; letter-spacing: .01em; }
        h1 a { color: inherit; text-decoration: none; }
        h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; }
        h3 { font-size: 1.0625rem; margin: 0; }
        p { margin: .3rem 0; }
        a { color: var(--accent); text-underline-offset: .15em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        main:focus { outline: none; }
        .hidden:not(:focus), .skip:not(:focus) {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }
        .ask { display: flex; gap: .5rem; }
        input, select, button { font: inherit; color: inherit; }
        input, select {
          min-width: 0; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card);
        }
        ::placeholder { color: var(--faint); opacity: 1; }
        .ask input { flex: 1; font-size: 1.125rem; }
        button {
          padding: .55rem 1.1rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent);
          color: var(--accent-ink); cursor: pointer;
        }
        button.second { background: transparent; color: var(--accent); }
        details { margin: .6rem 0; }
        summary { color: var(--faint); cursor: pointer; font-size: .9375rem; width: fit-content; }
        .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .6rem; margin-top: .5rem; }
        .filters label { color: var(--faint); font-size: .875rem; }
        .filters input, .filters select { color: var(--ink); display: block; width: 100%; font-size: 1rem; }
        .notice, .problem {
          margin: 1.25rem 0; padding: .9rem 1.1rem; border: 1px solid var(--line); border-left: .3rem solid var(--accent);
          border-radius: .5rem; background: var(--card);
        }
        .problem { border-left-color: var(--alert); }
        .notice h2, .problem h2 { margin: 0; }
        .hint { color: var(--faint); font-size: .9375rem; }
        .short { font-size: 1.5rem; line-height: 1.3; margin: 1.5rem 0 .5rem; font-weight: 600; }
        .generated { font-size: 1.125rem; margin: 1.25rem 0 .5rem; }
        .unsupported { text-decoration: underline wavy var(--alert); text-underline-offset: .2em; }
        ol, ul { padding: 0; list-style: none; margin: 1rem 0; }
        .results > li, .quotes > li {
          margin: 0 0 .9rem; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: .6rem;
          background: var(--card);
        }
        li.current { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
        .list > li, .welcome li { padding: .45rem 0; border-bottom: 1px solid var(--line); }
        blockquote { margin: 0 0 .5rem; padding-left: .8rem; border-left: .25rem solid var(--accent); white-space: pre-line; }
        .context { color: var(--faint); font-size: .9375rem; white-space: pre-line; }
        .place { color: var(--faint); font-size: .875rem; }
        .place > span:not(:first-child)::before { content: " · "; }
        .path { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
        .version { font-size: .875rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; }
        .sources ol { margin: .4rem 0; }
        .sources li { padding: .25rem 0; }
        mark { background: var(--mark); color: var(--mark-ink); border-radius: .15rem; padding: 0 .08em; }
        .document h1 { margin: .5rem 0 0; font-size: 1.4rem; }
        .top.document { border-bottom: 1px solid var(--line); padding: .9rem 0; margin-bottom: 1.25rem; }
        .text { white-space: pre-wrap; tab-size: 4; }
        .text .page {
          display: block; color: var(--faint); font-size: .8125rem; border-top: 1px solid var(--line); margin: 1rem 0 .3rem;
          padding-top: .2rem;
        }
        .quoted {
          background: var(--quoted); border-radius: .2rem; box-shadow: 0 0 0 .2rem var(--quoted); scroll-margin-top: 30vh;
        }
        /* The last lines of a document can stand where a quotation is looked for. */
        main:has(#quote) { padding-bottom: 55vh; }
        .snippet.rows { white-space: pre-line; }
        [aria-busy="true"] > * { opacity: .45; }
        .busy { position: fixed; inset: 0 0 auto; height: 3px; background: var(--accent); opacity: 0; }
        .busy.on { opacity: 1; animation: slide 1.2s linear infinite; transform-origin: left; }
        @keyframes slide { from { transform: scaleX(.05); } 50% { transform: scaleX(.7); } to { transform: scaleX(1); } }
        footer { margin-top: 3rem; color: var(--faint); font-size: .875rem; }
        kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; font-size: .8125rem; }
        @media (max-width: 32rem) {
          .ask { flex-wrap: wrap; }
          .ask input { flex-basis: 100%; }
          .ask button { flex: 1; }
          footer kbd, footer { display: none; }
        }
        @media (prefers-reduced-motion: reduce) { .busy.on { animation: none; } }
        @media (forced-colors: active) { mark, .quoted { outline: 1px solid; } }

        """

    static let script = """
        "use strict";
        // The page works without this file. It only keeps the page in place while the answer is fetched, and adds keys.
        (() => {
          const form = document.querySelector("form[action='/']");
          const results = document.getElementById("results");
          const box = document.getElementById("q");
          const bar = document.createElement("div");
          bar.className = "busy";
          bar.setAttribute("aria-hidden", "true");
          document.body.append(bar);
          let running = null;

          function say(heading, text) {
            const section = document.createElement("section");
            section.className = "problem";
            section.setAttribute("role", "alert");
            const title = document.createElement("h2");
            title.textContent = heading;
            const line = document.createElement("p");
            line.textContent = text;
            section.append(title, line);
            results.replaceChildren(section);
          }

          async function load(query) {
            if (running) running.abort();
            const mine = running = new AbortController();
            results.setAttribute("aria-busy", "true");
            bar.classList.add("on");
            try {
              const part = new URLSearchParams(query);
              part.set("part", "results");
              const answer = await fetch("/?" + part, { signal: mine.signal, headers: { Accept: "text/html" } });
              if (!(answer.headers.get("content-type") || "").startsWith("text/html")) {
                return say("No answer", "The server refused the question (" + answer.status + "). Load the page again.");
              }
              // The server has escaped every text of a document.
              results.innerHTML = await answer.text();
              document.title = (query.get("q") || "") + " – r3mem";
              window.scrollTo(0, 0);
            } catch (error) {
              if (error.name === "AbortError") return;
              say("No answer", "The server does not answer. Is it still running?");
            } finally {
              if (running === mine) {
                running = null;
                results.setAttribute("aria-busy", "false");
                bar.classList.remove("on");
              }
            }
          }

          if (form) {
            form.addEventListener("submit", (event) => {
              if (!box.value.trim()) return;
              event.preventDefault();
              const query = new URLSearchParams();
              for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
              query.set("mode", event.submitter && event.submitter.value ? event.submitter.value : "ask");
              history.pushState(null, "", "/?" + query);
              load(query);
            });
            window.addEventListener("popstate", () => location.reload());
          }

          const stops = () => [...document.querySelectorAll("#results a.go")].filter((link) => link.offsetParent);
          function step(by) {
            const links = stops();
            if (!links.length) return;
            const at = links.indexOf(document.activeElement);
            const next = links[Math.min(links.length - 1, Math.max(0, at + by))];
            next.focus();
            for (const item of document.querySelectorAll("li.current")) item.classList.remove("current");
            const item = next.closest("li");
            if (item) item.classList.add("current");
            next.scrollIntoView({ block: "center" });
          }

          document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
            if (event.key === "Escape" && typing) return event.target.blur();
            if (typing) return;
            if (event.key === "/" && box) { event.preventDefault(); box.focus(); box.select(); }
            if (event.key === "j") step(1);
            if (event.key === "k") step(-1);
            const back = document.querySelector("a.back");
            if (event.key === "u" && back) back.click();
          });
        })();

        """
}

// Keyboard shortcuts of one letter. Who dictates or types by accident turns them off (WCAG 2.1.4); this browser remembers.
const KEY = "piste-console:keys";
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

export function shortcuts(actions) {
    let before = "";
    document.addEventListener("keydown", (event) => {
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (!plain || typing(event.target) || localStorage.getItem(KEY) === "off") return;
        const act = actions[before + event.key] ?? actions[event.key];
        before = event.key === "g" ? "g" : "";
        if (act) {
            event.preventDefault();
            act();
        }
    });
}

export function toggle(box) {
    box.checked = localStorage.getItem(KEY) !== "off";
    box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "on" : "off"));
}

"""A real browser on the page: clicks, keys, scripts blocked, dark and narrow screens, axe-core.

Writes screenshots into a folder, to be looked at.
"""

import sys
from pathlib import Path

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60


class Browser:
    def __init__(self, url, folder, *, scripts=True, dark=False, size=(1100, 900)):
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.url, self.folder = url, Path(folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, path):
        self.driver.get(self.url + path)

    def wait(self, css):
        condition = expected_conditions.presence_of_element_located((By.CSS_SELECTOR, css))
        return WebDriverWait(self.driver, PATIENCE).until(condition)

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def keys(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def body(self, key):
        webdriver.ActionChains(self.driver).send_keys(key).perform()

    def picture(self, name):
        self.driver.save_screenshot(str(self.folder / f"{name}.png"))

    def check(self, where):
        """No violation that axe-core knows, no error on the console, no request to another machine."""
        axe = Axe(self.driver)
        axe.inject()
        found = axe.run()["violations"]
        assert not found, where + ": " + axe.report(found)
        self.quiet(where)

    def quiet(self, where):
        errors = [entry for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        errors = [entry for entry in errors if "status of 4" not in entry["message"]]
        assert not errors, f"{where}: {errors}"
        for entry in self.driver.get_log("performance"):
            message = entry["message"]
            if '"Network.requestWillBeSent"' in message:
                wanted = message.split('"url":"', 1)[1].split('"', 1)[0]
                assert wanted.startswith((self.url, "data:", "chrome")), wanted


def ask(url, folder):
    with Browser(url, folder) as page:
        page.open("/")
        page.picture("start")
        page.check("start")
        assert page.driver.switch_to.active_element.get_attribute("id") == "q"
        page.keys("Who edits this handbook?", Keys.ENTER)
        short = page.wait(".short")
        assert short.text == "Wiebke Janssen", short.text
        assert "q=Who" in page.driver.current_url
        page.picture("answer")
        page.check("answer")
        # By keys alone to the document, and back.
        page.driver.execute_script("document.activeElement.blur()")
        page.body("j")
        page.keys(Keys.ENTER)
        quote = page.wait("#quote")
        assert "Wiebke Janssen" in quote.text and page.all("#quote mark")
        position = page.driver.execute_script("return arguments[0].getBoundingClientRect().top", quote)
        # Well inside the screen, also where it is in the last lines of its document.
        assert 0 <= position <= 600, position
        page.picture("document")
        page.check("document")
        page.body("u")
        page.wait(".short")
        # Search with a click and a filter.
        page.body("/")
        page.keys(Keys.CONTROL, "a")
        page.keys("bicycle")
        page.all("summary")[0].click()
        page.all("input[name=type]")[0].send_keys("html")
        page.all("button[value=search]")[0].click()
        page.wait("ol.results")
        assert all(".html" in item.text for item in page.all("ol.results > li"))
        page.picture("results")
        page.check("results")
        # Back from a document leads to the results of the search.
        page.all("a.go")[0].click()
        page.wait(".document a.back").click()
        page.wait("ol.results")


def states(url, folder):
    with Browser(url, folder) as page:
        page.open("/?q=Which+zebra+composed+the+xylophone+concerto%3F")
        assert "Nothing found" in page.wait(".notice").text
        page.picture("nothing")
        page.check("nothing")
        page.open("/?q=fee&since=soon")
        assert "is no date" in page.wait(".problem").text
        page.picture("error")
        page.check("error")
        page.open("/browse/handbook")
        page.wait("ol.list")
        page.picture("list")
        page.check("list")


def forms(url, folder):
    with Browser(url, folder, scripts=False) as page:
        page.open("/")
        box = page.wait("#q")
        box.send_keys("Who edits this handbook?", Keys.ENTER)
        page.wait(".short")
        page.all("a.go")[0].click()
        page.wait("#quote")
        page.picture("without-scripts")


def screens(url, folder):
    for name, dark, size in (
        ("dark", True, (1100, 900)),
        ("phone", False, (390, 844)),
        ("phone-dark", True, (320, 640)),
    ):
        with Browser(url, folder, dark=dark, size=size) as page:
            for place, path in (
                ("answer", "/?q=Who+edits+this+handbook%3F"),
                ("results", "/?q=bicycle&mode=search"),
                ("document", "/document/handbook/welcome.md?start=2827&end=2887&q=handbook#quote"),
            ):
                page.open(path)
                page.wait("#results")
                width = page.driver.execute_script("return document.documentElement.scrollWidth")
                assert width <= size[0], f"{name} {place} is {width} wide"
                page.picture(f"{name}-{place}")
                page.check(f"{name} {place}")


for test in (ask, states, forms, screens):
    test(*sys.argv[1:])
    print(f"browser {test.__name__}: fine")
